"""A replica that follows what is published: brings it, opens it beside what serves, and switches in one step."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from index.embedding.encoder import Encoder
from index.in_database.opening import DatabaseSearch
from index.settings import IN_DATABASE
from index.store.received import folder_made_as, let_serve
from index.store.serving import open_serving
from index.store.store import ClauseIndex, build_index
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import (
    publishing_alone,
    serving_folder,
    version_folder,
    version_named,
    write_published,
)
from ingest.database.calls import Ear
from ingest.errors import CorpusUnusable, DatabaseUnusable, DraftUnusable, PolicyQAError, UnusableIndex
from ingest.readers.limits import MEGABYTE, Limits
from ingest.sentences import Sentence
from web.answers.background import Watched
from web.answers.bot_pool import BotDoor
from web.answers.opening import bot_over
from web.replicas.presence import Presence
from web.replicas.version_store import NEXT, Brought, SharedVersions

LOOKED_S = 1.0  # between two looks, where no call is heard
OPENED_S = 0.1  # between two looks whether the first bot is there
KEPT_OPEN_S = 300.0  # what was opened early and does not serve by then
ENDED_S = 1.5
LONGEST_LOOKED_S = 60.0  # between two attempts at a version that cannot be opened here

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Behind:
    """Why a replica does not answer from what was published last."""

    reason: Sentence


@dataclass(frozen=True, slots=True)
class OpenedEarly:
    """What is going to serve, opened before it does."""

    mark: str = ""
    bot: PolicyBot | None = None
    until: float = 0.0  # when it is let go again, by the clock of time.monotonic


class Follower:
    """One for a service. :meth:`open` makes the first bot, from then on a thread of its own keeps the door up to date."""

    def __init__(
        self, versions: SharedVersions, door: BotDoor, presence: Presence, failed: Callable[[], None] = lambda: None
    ) -> None:
        self._versions = versions
        self._door = door
        self._presence = presence
        self._failed = failed  # told when something unforeseen ended a look
        self._one = threading.RLock()  # brings or publishes
        self._mark = ""
        self._behind: Behind | None = None
        self._opened_early = OpenedEarly()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def mark(self) -> str:
        """Of what lies in this home: see :meth:`web.replicas.version_store.Brought`."""
        return self._mark

    @property
    def behind(self) -> Behind | None:
        """None while this replica answers from what was published last, as far as it knows."""
        return self._behind

    def open(self, settings: BotSettings) -> PolicyBot:
        """The first bot: over what serves in the database, or where that is away, over what lies here. Raises as opening does."""
        brought: Brought | None = None
        try:
            with self._one, publishing_alone(settings.home):
                brought = self._versions.bring("")
                if brought is not None:
                    write_published(settings.home, brought.published)
                    self._mark = brought.mark
        except PolicyQAError as error:
            self._behind = Behind(error.sentence)
            _say(Sentence("web.answers_from_here", reason=error.sentence))
        except OSError as error:
            reason = error.strerror or error
            raise CorpusUnusable("index.folder_cannot_be_written", folder=settings.home, reason=reason) from error
        try:
            made = PolicyBot.open(settings)
        except UnusableIndex as error:
            if not version_named(serving_folder(settings.corpus, settings.home)):
                raise
            _say(Sentence("web.index_is_made_here", reason=error.sentence))
            _build_here(settings)
            made = PolicyBot.open(settings)
        if brought is not None and (place := folder_made_as(settings.home, made.clause_index.manifest)) is not None:
            with suppress(OSError):  # what no longer serves is removed the next time
                let_serve(settings.home, place)
        return made

    def start(self) -> None:
        """Follow from now on."""
        if self._thread is None:
            self._begin()

    def _begin(self) -> None:
        self._thread = Watched("follow-versions", self._run, self._ended)
        self._thread.start()

    def _ended(self, error: BaseException | None) -> None:
        """A fault that nobody foresaw ends a look, not the following."""
        if error is None:
            return
        log.error("following the published versions failed", exc_info=error)
        self._failed()
        if not self._over.wait(LONGEST_LOOKED_S):
            self._begin()

    def close(self) -> None:
        """Follow no longer; a look that is under way is waited for, not for long."""
        self._over.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(ENDED_S)

    def catch_up(self) -> None:
        """Answer from what serves in the database by now. Raises PolicyQAError; then what served before serves on."""
        with self._one:
            if self._versions.marks().serving not in ("", self._mark):
                self._bring_and_switch()
            self._behind = None

    def _look(self) -> None:
        """The same, and open what is going to serve."""
        with self._one:
            marks = self._versions.marks()
            if marks.serving not in ("", self._mark):
                self._bring_and_switch()
            elif marks.next and marks.next != self._opened_early.mark:
                self._open_early(marks.next)
            elif self._opened_early.until < time.monotonic():
                self._opened_early = OpenedEarly(self._opened_early.mark)  # whoever offered it is gone
            self._behind = None

    def _bring_and_switch(self) -> None:
        with publishing_alone(self._versions.home):
            brought = self._versions.bring(self._mark)
            if brought is not None:
                self._switch(brought)
        if brought is not None:
            self._versions.bring_others(brought.published)

    def _open_early(self, mark: str) -> None:
        serving = self._door.bot
        with publishing_alone(self._versions.home):
            self._opened_early = OpenedEarly(mark)  # it is not tried again when it fails
            brought = self._versions.bring(self._mark, NEXT)
            if brought is not None and brought.mark == mark and isinstance(serving, PolicyBot):
                made = bot_over(self._opened(brought, serving), serving)
                self._opened_early = OpenedEarly(mark, made, time.monotonic() + KEPT_OPEN_S)

    def put(self, put: Callable[[str], str]) -> None:
        """Publish by ``put``, which is given the mark of what it is published over and returns the new one."""
        with self._one:
            self._mark = put(self._mark)

    def forget(self) -> None:
        """What lies here may not be what was published: look again."""
        self._mark = ""

    def _switch(self, brought: Brought) -> None:
        home, published = self._versions.home, brought.published
        serving = self._door.bot
        folder = version_folder(home, published.version(published.serving))
        try:
            if isinstance(serving, PolicyBot) and serving.corpus.folder != folder:
                early, self._opened_early = self._opened_early, OpenedEarly()
                made = early.bot if early.mark == brought.mark else None
                made = made or bot_over(self._opened(brought, serving), serving)
                write_published(home, published)
                place = folder_made_as(home, made.clause_index.manifest)
                if place is not None:
                    let_serve(home, place)
                self._door.open(made)
            else:  # only the list of those that may be put back is another
                write_published(home, published)
        except OSError as error:
            reason = error.strerror or error
            raise CorpusUnusable("index.folder_cannot_be_written", folder=home, reason=reason) from error
        self._mark = brought.mark

    def _opened(self, brought: Brought, serving: PolicyBot) -> ClauseIndex:
        published, models = brought.published, serving.clause_index
        folder = version_folder(self._versions.home, published.version(published.serving))
        home, limits = self._versions.home, limits_of(serving.settings)
        searched = serving.settings.search == IN_DATABASE
        elsewhere = DatabaseSearch(self._versions.database) if searched else None
        try:
            return open_serving(folder, models.encoder, home, limits, models.reranker, elsewhere)
        except UnusableIndex as error:
            raise UnusableIndex(
                "web.version_of_another_release", version=published.serving, reason=error.sentence
            ) from error

    def _run(self) -> None:
        while not self._door.is_open and not self._over.wait(OPENED_S):
            pass
        ear, wait_s = Ear(self._versions.database), LOOKED_S
        while not self._over.is_set():
            try:
                self._look()
                self._presence.tell(self._opened_early.mark or self._mark)
                wait_s = LOOKED_S
            except DraftUnusable:  # this very process publishes, or another one over the same home
                wait_s = LOOKED_S
            except DatabaseUnusable as error:
                if self._behind is None:
                    _say(error.sentence)
                self._behind = Behind(error.sentence)
                wait_s = LOOKED_S
            except PolicyQAError as error:
                if self._behind is None or self._behind.reason != error.sentence:
                    _say(error.sentence)
                self._behind = Behind(error.sentence)
                wait_s = min(LONGEST_LOOKED_S, wait_s * 2)
            ear.wait(wait_s, self._over)
        ear.close()


def limits_of(settings: BotSettings) -> Limits:
    """What one file may cost."""
    return Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)


def _build_here(settings: BotSettings) -> None:
    """Make the index of the version that serves, as ``python -m index build`` does."""
    corpus = load_corpus(serving_folder(settings.corpus, settings.home), limits_of(settings))
    encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    build_index(corpus, encoder, settings.home)


def _say(sentence: Sentence) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
