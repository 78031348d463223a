"""One builder among all replicas: a job that is leased, held as long as its process lives, and ended by what it publishes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection

from ingest.database.database import Database
from ingest.database.leases import FAILED, Lease, LeaseLost, begin, finish, renew
from ingest.errors import DatabaseUnusable, PolicyQAError

LEASE_S = 20.0  # after the death of a builder another one may begin
RENEWED_S = 5.0

log = logging.getLogger(__name__)


@dataclass
class Held:
    """A job that this process is at."""

    lease: Lease
    seconds: float
    over: threading.Event = field(default_factory=threading.Event)

    def renew(self, connection: Connection) -> None:
        """Hold it on. Raises LeaseLost."""
        renew(connection, self.lease, self.seconds)

    def finish(self, connection: Connection) -> None:
        """It is done, when the transaction is committed that publishes what was made. Raises LeaseLost."""
        finish(connection, self.lease)
        self.over.set()


class Builder:
    """Takes on the jobs of one replica."""

    def __init__(self, database: Database, name: str, lease_s: float = LEASE_S) -> None:
        self._database = database
        self._name = name
        self._lease_s = lease_s

    @contextmanager
    def alone(self, kind: str, who: str, about: str) -> Generator[Held]:
        """Hold a job of a kind while no other replica does. When the block raises, the job has failed.

        Raises LeaseHeld, and DatabaseUnusable when the database cannot be asked.
        """
        with self._database.writing() as connection:
            held = Held(begin(connection, kind, who, about, self._name, self._lease_s), self._lease_s)
        keeper = threading.Thread(target=self._hold, args=(held,), name="hold-lease", daemon=True)
        keeper.start()
        told = "it ended early"
        try:
            yield held
        except PolicyQAError as error:
            told = str(error)
            raise
        finally:
            held.over.set()
            with suppress(LeaseLost, DatabaseUnusable), self._database.writing() as connection:
                finish(connection, held.lease, FAILED, told)  # of no effect on one that is done

    def _hold(self, held: Held) -> None:
        """Renew the lease until the job is over. While the database is away that is tried again: the fence decides."""
        while not held.over.wait(min(RENEWED_S, self._lease_s / 4)):
            try:
                with self._database.writing() as connection:
                    held.renew(connection)
            except LeaseLost as error:
                if not held.over.is_set():  # as it is at the moment of publishing
                    log.warning("%s", error)
                return
            except DatabaseUnusable:
                continue
