"""Which replicas there are, and which of them have opened what is going to serve: a leased row of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from sqlalchemy import and_, delete, func, insert, select, update

from ingest.database.database import Database
from ingest.database.leases import JOB, RUNNING, moment_of

KIND = "replica"
PRESENT_S = 15.0  # after its last word a replica counts as gone
TOLD_S = 4.0
WAITED_S = 20.0  # for the others at most; who is slower switches later
LOOKED_S = 0.1


class Presence:
    """Of one replica."""

    def __init__(self, database: Database, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._name = name
        self._clock = clock
        self._told = ("", -TOLD_S)

    def tell(self, mark: str) -> None:
        """Say that this replica is there and has opened what ``mark`` names; at most every few seconds the same. Raises DatabaseUnusable."""
        now = self._clock()
        if self._told[0] == mark and now < self._told[1] + TOLD_S:
            return
        ours = and_(JOB.c.kind == KIND, JOB.c.holder == self._name)
        with self._database.writing() as connection:
            moment = moment_of(connection)
            connection.execute(delete(JOB).where(JOB.c.kind == KIND, JOB.c.leased_until < moment - 60 * PRESENT_S))
            said = {"told": mark, "leased_until": moment + PRESENT_S}
            if connection.execute(update(JOB).where(ours).values(**said)).rowcount == 0:
                made = {"kind": KIND, "who": "", "about": "", "state": RUNNING, "fence": 0, "holder": self._name}
                connection.execute(insert(JOB).values(**made, begun=moment, **said))
        self._told = (mark, now)

    def wait_for_others(self, mark: str) -> None:
        """Wait until all others that are there have opened what ``mark`` names, not for long. Raises DatabaseUnusable."""
        until, pause = self._clock() + WAITED_S, threading.Event()
        while self._not_yet(mark) and self._clock() < until:
            pause.wait(LOOKED_S)

    def _not_yet(self, mark: str) -> int:
        others = and_(JOB.c.kind == KIND, JOB.c.holder != self._name, JOB.c.told != mark)
        with self._database.reading() as connection:
            there = JOB.c.leased_until > moment_of(connection)
            return connection.execute(select(func.count()).select_from(JOB).where(others, there)).scalar_one()
