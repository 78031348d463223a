"""This service as one of several over one database: its name, what it answers from, how it publishes."""

from __future__ import annotations

import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from index.settings import IN_DATABASE
from index.store.publication import nobody_asked
from index.store.store import ClauseIndex
from ingest.corpus.versions import Published, read_published, remove_version
from ingest.database.database import Database
from web.answers.bot_pool import BotDoor
from web.answers.opening import version_of
from web.replicas.building import Builder
from web.replicas.following import Follower
from web.replicas.presence import Presence
from web.replicas.staff_work import StaffWork
from web.replicas.version_store import SharedVersions
from web.settings import WebSettings

PUBLISHING = "publish"  # kind of job: one at a time among all replicas
Told = Callable[[Published, ClauseIndex], None]


class Sharing(NamedTuple):
    """What publishing calls before a version is opened here, and right before the switch."""

    offered: Told = nobody_asked
    agreed: Told = nobody_asked


class Replica:
    """One for a service with a database."""

    def __init__(
        self, settings: WebSettings, database: Database, door: BotDoor, failed: Callable[[], None] = lambda: None
    ) -> None:
        self.name = settings.replica or socket.gethostname()
        self.versions = SharedVersions(database, settings.corpus, settings.home)
        self.presence = Presence(database, self.name)
        self.follower = Follower(self.versions, door, self.presence, failed)
        self.builder = Builder(database, self.name)
        self.work = StaffWork(database, settings.home)
        self._door = door
        self._searched = settings.search == IN_DATABASE

    @property
    def version(self) -> str | None:
        """What it answers from; None while that is being loaded."""
        return version_of(self._door.bot.corpus) if self._door.is_open else None

    @contextmanager
    def following(self) -> Generator[None]:
        """Follow what is published, as soon as the first bot is there."""
        self.follower.start()
        try:
            yield
        finally:
            self.follower.close()

    @contextmanager
    def publishing(self, who: str, about: str) -> Generator[Sharing]:
        """While no other replica publishes; yields what lets all of them have it.

        Raises LeaseHeld, DatabaseUnusable, and what :meth:`web.replicas.following.Follower.catch_up` does.
        """
        with self.builder.alone(PUBLISHING, who, about) as held:
            self.follower.catch_up()
            marks: list[str] = []

            def offered(published: Published, opened: ClauseIndex) -> None:
                marks.append(self.versions.offer(published, opened, held, searched=self._searched))

            def agreed(published: Published, opened: ClauseIndex) -> None:
                del opened
                self.presence.wait_for_others(marks[-1])
                self.follower.put(lambda over: self.versions.put(published, held, over))

            with self._looked_at_again():
                yield Sharing(offered, agreed)

    def remove(self, identifier: str, who: str) -> None:
        """Delete a version that does not serve, everywhere. Raises as :func:`remove_version` and :meth:`publishing` do."""
        home = self.versions.home
        with self.builder.alone(PUBLISHING, who, identifier) as held:
            self.follower.catch_up()
            with self._looked_at_again():
                remove_version(home, identifier)
                published = read_published(home)
                if published is not None and self.follower.mark:
                    self.follower.put(lambda over: self.versions.put(published, held, over))

    @contextmanager
    def _looked_at_again(self) -> Generator[None]:
        """However it fails, what lies here is compared with the database once more."""
        is_done = False
        try:
            yield
            is_done = True
        finally:
            if not is_done:
                self.follower.forget()


def replica_of(
    settings: WebSettings, database: Database | None, door: BotDoor, failed: Callable[[], None] = lambda: None
) -> Replica | None:
    """None where this process keeps all by itself."""
    return None if database is None else Replica(settings, database, door, failed)


@contextmanager
def publishing_among(replica: Replica | None, who: str, about: str) -> Generator[Sharing]:
    """What has to agree before a version serves: of several replicas the database, see :meth:`Replica.publishing`."""
    if replica is None:
        yield Sharing()
        return
    with replica.publishing(who, about) as sharing:
        yield sharing


def remove_among(replica: Replica | None, home: Path, identifier: str, who: str) -> None:
    """Delete a version that does not serve, here or at all replicas. Raises as :meth:`Replica.remove` does."""
    if replica is None:
        remove_version(home, identifier)
    else:
        replica.remove(identifier, who)
