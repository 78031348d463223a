"""How much one client may ask of all replicas together: each counts for itself, and they compare once a second.

No question waits for the database. What was asked elsewhere is known a second later, and who asked more than they may
meanwhile waits the longer; while the database is away each replica goes by what it counted itself.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from sqlalchemy import Column, Float, MetaData, String, Table, delete, insert, select

from ingest.database.alone import hold_alone
from ingest.database.database import Database
from ingest.errors import DatabaseUnusable
from web.http.guards import Allowance

COMPARED_S = 1.0
FORGOTTEN_S = 3600.0  # a bucket is full again long before
BUCKET = Table(
    "bucket",
    MetaData(),
    Column("limit", String, primary_key=True),
    Column("client", String, primary_key=True),
    Column("tokens", Float),
    Column("at", Float),  # seconds since 1970
)


class SharedAllowance(Allowance):
    """One limit of a service whose replicas share it."""

    def __init__(
        self,
        name: str,
        per_minute: int,
        database: Database,
        clock: Callable[[], float] = time.time,
        refused: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(per_minute, clock, refused)
        self._name = name
        self._database = database
        self._lock = threading.Lock()
        self._asked: Counter[str] = Counter()  # since the replicas last compared; 0 for one that was refused

    def wait_seconds(self, client: str) -> int:
        """0 when this question may be asked (and is counted), else the seconds to wait."""
        with self._lock:
            wait = super().wait_seconds(client)
            self._asked[client] += not wait
        return wait

    def compare(self) -> None:
        """Tell the other replicas what was asked here, and learn what was asked there. Raises DatabaseUnusable."""
        with self._lock:
            told, self._asked = self._asked, Counter()
        if not told:
            return
        try:
            left = self._settled(told)
        except DatabaseUnusable:
            with self._lock:
                self._asked.update(told)  # to be told later
            raise
        with self._lock:
            for client, (tokens, at) in left.items():
                self._buckets[client] = (tokens - self._asked[client], at)

    def _settled(self, told: Counter[str]) -> dict[str, tuple[float, float]]:
        """What is left of the common buckets of these clients, now that this was told."""
        now = self._clock()
        ours = BUCKET.c.limit == self._name
        with self._database.writing() as connection:
            hold_alone(connection, f"limit:{self._name}")
            connection.execute(delete(BUCKET).where(ours, BUCKET.c.at < now - FORGOTTEN_S))
            chosen = BUCKET.c.client.in_(sorted(told))
            known = {row.client: (row.tokens, row.at) for row in connection.execute(select(BUCKET).where(ours, chosen))}
            left = {client: (self._after(known.get(client), now) - spent, now) for client, spent in told.items()}
            connection.execute(delete(BUCKET).where(ours, chosen))
            rows = [{"limit": self._name, "client": c, "tokens": tokens, "at": at} for c, (tokens, at) in left.items()]
            connection.execute(insert(BUCKET), rows)
        return left

    def _after(self, known: tuple[float, float] | None, now: float) -> float:
        """The tokens of a common bucket by now."""
        if known is None:
            return self._capacity
        tokens, at = known
        return min(self._capacity, tokens + max(0.0, now - at) * self._per_second)


class Limits:
    """Makes the limits of a service: of this process alone, or of all that share a ``database``."""

    def __init__(self, database: Database | None) -> None:
        self._database = database
        self._shared: list[SharedAllowance] = []
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def allowance(self, name: str, per_minute: int, refused: Callable[[], None] | None = None) -> Allowance:
        """The limit of that name."""
        if self._database is None:
            return Allowance(per_minute, refused=refused)
        made = SharedAllowance(name, per_minute, self._database, refused=refused)
        self._shared.append(made)
        return made

    def start(self) -> None:
        """Compare from now on, where there is somebody to compare with."""
        if self._shared and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="compare-limits", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Compare no longer."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(COMPARED_S)

    def _run(self) -> None:
        while not self._over.wait(COMPARED_S):
            for allowance in self._shared:
                try:
                    allowance.compare()
                except DatabaseUnusable:
                    break  # by what is counted here, until it is back
