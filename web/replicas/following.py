"""A replica that follows what is published: brings it, opens it beside what serves, and switches in one step."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from index.embedding.encoder import Encoder
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
from web.replicas.version_store import Brought, SharedVersions

LOOKED_S = 1.0  # between two looks, where no call is heard
OPENED_S = 0.1  # between two looks whether the first bot is there
LONGEST_LOOKED_S = 60.0  # between two attempts at a version that cannot be opened here

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Behind:
    """Why a replica does not answer from what was published last."""

    reason: Sentence


class Follower:
    """One for a service. :meth:`open` makes the first bot, from then on a thread of its own keeps the door up to date."""

    def __init__(self, versions: SharedVersions, door: BotDoor, failed: Callable[[], None] = lambda: None) -> None:
        self._versions = versions
        self._door = door
        self._failed = failed  # told when something unforeseen ended a look
        self._one = threading.RLock()  # brings or publishes
        self._mark = ""
        self._behind: Behind | None = None
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def mark(self) -> str:
        """Of what lies in this home: see :meth:`web.replicas.version_store.SharedVersions.mark`."""
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
        """Follow no longer."""
        self._over.set()

    def catch_up(self) -> None:
        """Answer from what serves in the database by now. Raises PolicyQAError; then what served before serves on."""
        with self._one:
            if self._versions.mark() in ("", self._mark):
                self._behind = None
                return
            home = self._versions.home
            with publishing_alone(home):
                brought = self._versions.bring(self._mark)
                if brought is not None:
                    self._switch(brought)
            if brought is not None:
                self._versions.bring_others(brought.published)
            self._behind = None

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
                opened = self._opened(brought, serving)
                made = bot_over(opened, serving)
                write_published(home, published)
                place = folder_made_as(home, opened.manifest)
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
        try:
            return open_serving(
                folder, models.encoder, self._versions.home, limits_of(serving.settings), models.reranker
            )
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
                self.catch_up()
                wait_s = LOOKED_S
            except DraftUnusable:  # this very process publishes, or another one over the same home
                wait_s = LOOKED_S
            except DatabaseUnusable as error:
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
