"""Makes another version of the corpus serve: texts frozen, cut, indexed beside, then switched in one step.

The one moment that counts is when ``serving.json`` is replaced. A process killed before it leaves the version that
served before with its index; one killed after it leaves the new version, and an index that fits is found by what it was
built from (see :func:`index.store.store.index_beside`), whichever of the two folders ``current`` names.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index.rankers.protocol import TextEncoder, Vectors
from index.store.store import ClauseIndex, index_beside
from ingest.corpus.draft import Draft, discard_draft, draft_changes, draft_folder, is_outdated
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import (
    FOLDER,
    Published,
    Version,
    copy_corpus,
    file_digests,
    new_identifier,
    published_over,
    publishing_alone,
    read_published,
    remove_strays,
    version_folder,
    with_version,
    write_published,
)
from ingest.errors import CorpusUnusable, DraftOutdated, SourceUnreadable
from ingest.readers.limits import Limits

Step = Callable[[int, int, str], None]
"""Told how far the work is: done, of how many, and which stage ("copy", "cut", "embed", "check"). May raise to stop it."""

TEXTS_PER_STEP = 32  # embedded between two steps: a second or two, so that a stopped job stops soon


def nobody_asked(published: Published, opened: ClauseIndex) -> None:
    """Of one process alone no other has to agree."""


@dataclass(frozen=True)
class Press:
    """What publishing needs.

    ``ready`` is given the opened index before the switch. Before it ``offered`` and after it ``agreed`` are given what is
    going to be published and that index. If one of them raises, nothing is switched. ``switched`` is called right after the switch, still alone, so
    that two publications open their bots in the order they were switched.
    """

    corpus: Path  # the delivered folder, POLICYQA_CORPUS
    home: Path
    encoder: TextEncoder
    limits: Limits
    keep: int  # versions, the serving one included
    ready: Callable[[ClauseIndex], None]
    switched: Callable[[], None]
    step: Step
    now: Callable[[], datetime]
    offered: Callable[[Published, ClauseIndex], None] = nobody_asked
    agreed: Callable[[Published, ClauseIndex], None] = nobody_asked

    def publish(self, draft: Draft, who: str, note: str, *, over_newer: bool = False) -> Version:
        """Make a draft the version that serves, and throw the draft away.

        ``over_newer`` publishes although another version was published since the draft was begun. Raises
        DraftOutdated without it, DraftUnusable when another publication is under way, CorpusUnusable,
        SourceUnreadable when a file that was changed cannot be cut, UnusableIndex when it cannot be indexed.
        Whatever it raises, what served before serves on.
        """
        with self._alone():
            if not over_newer and is_outdated(self.corpus, self.home, draft):
                raise DraftOutdated("index.another_version_was_published")
            before = self._with_delivered()
            version = Version(
                id=self._identifier(),
                name=draft.name,
                made_at=self._moment(),
                who=who,
                note=note,
                over=before.serving,
                delivered=dict(draft.delivered),
            )
            changed = frozenset(change.name for change in draft_changes(self.corpus, self.home, draft))
            self._freeze(draft_folder(self.home, draft), version)
            self._switch(version, with_version(before, version, self.keep), changed)
            discard_draft(self.home, draft)
        return version

    def serve(self, identifier: str) -> Version:
        """Make a version that is kept the one that serves; also one published over another delivered folder.

        Raises DraftUnusable when it is not kept or another publication is under way; else as :meth:`publish`.
        """
        with self._alone():
            published = read_published(self.home)
            version = (published or self._with_delivered()).version(identifier)
            if published is not None:
                again = published.model_copy(update={"base": self.corpus.resolve(), "serving": identifier})
                self._switch(version, again)
        return version

    def _with_delivered(self) -> Published:
        """What is published; where nothing is yet, the delivered folder as a version, so that it can be put back."""
        published = published_over(self.corpus, self.home)
        if published is not None:
            return published
        elsewhere = read_published(self.home)  # over another delivered folder: kept to choose from
        delivered = Version(
            id=self._identifier(),
            name=self.corpus.resolve().name or FOLDER,
            made_at=self._moment(),
            who="",
            delivered=file_digests(self.corpus),
        )
        self._freeze(self.corpus, delivered)
        earlier = elsewhere.versions if elsewhere else ()
        return Published(base=self.corpus.resolve(), serving=delivered.id, versions=(*earlier, delivered))

    def _freeze(self, folder: Path, version: Version) -> None:
        self.step(0, 1, "copy")
        try:
            copy_corpus(folder, version_folder(self.home, version))
        except OSError as error:
            raise CorpusUnusable(
                "index.version_cannot_be_written", home=self.home, reason=error.strerror or error
            ) from error

    def _switch(self, version: Version, published: Published, changed: frozenset[str] = frozenset()) -> None:
        """``changed`` files must be read; one that cannot be, and could not before, is left out as it was."""
        self.step(0, 1, "cut")
        corpus = load_corpus(version_folder(self.home, version), self.limits)
        for name, why in corpus.left_out.items():
            if name in changed:
                raise SourceUnreadable(why)
        with index_beside(corpus, TellingEncoder(self.encoder, self.step), self.home) as opened:
            self.step(0, 1, "check")
            self.offered(published, opened)
            self.ready(replace(opened, encoder=self.encoder))
            self.agreed(published, opened)
            try:
                write_published(self.home, published)
            except OSError as error:
                raise CorpusUnusable(
                    "index.folder_cannot_be_written", folder=self.home / FOLDER, reason=error.strerror or error
                ) from error
        self.switched()

    @contextmanager
    def _alone(self) -> Generator[None]:
        """One publication at a time, and however it ends no version folder stays that nothing names."""
        with publishing_alone(self.home):
            try:
                yield
            finally:
                with suppress(OSError, CorpusUnusable):  # what stays is removed the next time
                    remove_strays(self.home, read_published(self.home))

    def _identifier(self) -> str:
        return new_identifier(self._moment(), secrets.token_hex(2))

    def _moment(self) -> datetime:
        return self.now().astimezone(UTC)


class TellingEncoder:
    """A model that tells how far it is, and can be stopped between two batches."""

    def __init__(self, encoder: TextEncoder, step: Step) -> None:
        self._encoder = encoder
        self._step = step

    @property
    def dim(self) -> int:
        return self._encoder.dim

    @property
    def identity(self) -> str:
        return self._encoder.identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        del progress  # a bar on the terminal; the page has its own
        rows: list[Vectors] = []
        # Batches hold texts of one length, or the model would spend itself on padding.
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        for start in range(0, len(texts), TEXTS_PER_STEP):
            self._step(start, len(texts), "embed")
            rows.append(self._encoder.encode_passages([texts[n] for n in order[start : start + TEXTS_PER_STEP]]))
        self._step(len(texts), len(texts), "embed")
        if not rows:
            return np.empty((0, self.dim), np.float32)
        encoded = np.concatenate(rows)
        placed = np.empty_like(encoded)
        placed[order] = encoded
        return placed
