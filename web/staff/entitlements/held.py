"""The records of a draft or of what serves, bound to its texts, with what the rules propose besides."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from ingest.corpus.load import load_corpus
from ingest.corpus.versions import file_digests
from ingest.corpus_config import EDITION, ENTITLEMENTS
from ingest.entitlements.attach import attach
from ingest.entitlements.files import read_files
from ingest.entitlements.proposing import proposals
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import Attached, Entitlement, Entitlements, Flagged
from ingest.normalise import match_form
from ingest.readers.limits import Limits
from ingest.types import Corpus

Standing: TypeAlias = Literal["flagged", "suggested", "proposed", "accepted", "refused"]
STANDINGS: tuple[Standing, ...] = ("flagged", "suggested", "proposed", "accepted", "refused")
_KEPT = 2  # what serves and the draft at hand
# files that leave the clauses as they are
_WITHOUT_TEXT = (f"{ENTITLEMENTS}/", f"{EDITION}/", "glossary.toml", "examples.toml", "service_cards.toml")


@dataclass(frozen=True)
class Held:
    """The records of one folder. ``proposed`` are in no file."""

    corpus: Corpus
    records: tuple[Entitlement, ...]  # that stand in files, in their order
    known: Entitlements
    proposed: tuple[Attached, ...]

    def items(self) -> Iterator[tuple[Standing, Attached | Flagged]]:
        """Every record with its standing: what needs somebody comes first."""
        attached = self.known.attached
        waiting = [item for item in attached if not item.accepted]
        groups: dict[Standing, Sequence[Attached | Flagged]] = {
            "flagged": self.known.flagged,
            "suggested": [item for item in waiting if is_by_model(item.record)],
            "proposed": [*(item for item in waiting if not is_by_model(item.record)), *self.proposed],
            "accepted": [item for item in attached if item.accepted],
            "refused": self.known.refused,
        }
        return ((standing, item) for standing, items in groups.items() for item in items)

    def find(self, key: str) -> tuple[Standing, Attached | Flagged] | None:
        """A record by its key, or None."""
        return next((found for found in self.items() if found[1].record.key == key), None)

    def records_of(self, document: str) -> tuple[Entitlement, ...]:
        """The records that the file of a document holds."""
        title = match_form(document)
        return tuple(record for record in self.records if match_form(record.document) == title)


def is_by_model(record: Entitlement) -> bool:
    """Whether a language model proposed it."""
    return record.review.proposed_by == "model"


class HeldRecords:
    """Reads the records of folders; the last few are remembered until a file of theirs changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Held] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, folder: Path, serving: Corpus, limits: Limits) -> Held:
        """The records of ``folder``. Texts that serve already are not read again.

        Raises EntitlementsUnusable, CorpusUnusable, SourceUnreadable.
        """
        digests = file_digests(folder)
        key = repr((str(folder), sorted(digests.items())))
        with self._lock:
            if (held := self._kept.get(key)) is None:
                held = self._kept[key] = _held(corpus_of(folder, digests, serving, limits))
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return held


def _held(corpus: Corpus) -> Held:
    files = read_files(corpus.folder)
    known = attach(files, corpus.documents, corpus.clauses)
    # What the rules propose gives way to what a model suggests, and comes back when that is refused.
    to_rules = replace(known, refused=tuple(item for item in known.refused if not is_by_model(item.record)))
    by_rules = tuple(proposals(RuleProposer(), corpus.documents, corpus.clauses, to_rules))
    return Held(corpus, files.records, known, by_rules)


def corpus_of(folder: Path, digests: dict[str, str], serving: Corpus, limits: Limits) -> Corpus:
    """A folder's texts, with ``digests`` of its files; what serves already is not read again."""
    if _of_texts(digests) == _of_texts(file_digests(serving.folder)):
        return replace(serving, folder=folder)
    return load_corpus(folder, limits)


def _of_texts(digests: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in digests.items() if not name.startswith(_WITHOUT_TEXT)}
