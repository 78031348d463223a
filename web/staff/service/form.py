"""The form of a service card: what was typed in it, and which texts it may be bound to."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData

from ingest.corpus.versions import file_digests
from ingest.errors import DraftUnusable
from ingest.readers.limits import Limits
from ingest.service.cards import FILE, ServiceCard, is_bound
from ingest.types import Corpus
from web.staff.entitlements.held import corpus_of
from web.staff.shell.edits import mark_of

TEXTS_KEPT = 2  # what serves and the draft at hand
FIELDS = tuple(ServiceCard.model_fields)


class DraftTexts:
    """The texts of corpus folders, as cards are bound to them; the last few are remembered."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Corpus] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, folder: Path, serving: Corpus, limits: Limits) -> Corpus:
        """The texts of ``folder``. Raises CorpusUnusable, SourceUnreadable."""
        digests = file_digests(folder)
        key = repr((str(folder), sorted((name, digest) for name, digest in digests.items() if name != FILE)))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = corpus_of(folder, digests, serving, limits)
                while len(self._kept) > TEXTS_KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]


def typed(form: FormData) -> dict[str, str]:
    """The fields as they were filled in, line ends as on a Unix system."""
    return {name: text_of(form, name).replace("\r\n", "\n").strip() for name in FIELDS}


def text_of(form: FormData, name: str) -> str:
    """One field; empty for a file or none."""
    value: Any = form.get(name, "")
    return value if isinstance(value, str) else ""


def identity(card: ServiceCard) -> str:
    """Tells a card from the others of its corpus, in an address."""
    return mark_of(list(card.key))


def state(card: ServiceCard | None) -> str:
    """The mark of a card as it stands, for two people at one card."""
    return mark_of(card.model_dump()) if card else "gone"


def check_bound(card: ServiceCard, corpus: Corpus) -> None:
    """Raises DraftUnusable when the texts do not hold what the card is to be bound to."""
    if is_bound(card, corpus.clauses, corpus):
        return
    key = "web.card_words_nowhere" if card.words else "web.card_document_nowhere"
    raise DraftUnusable(key, document=card.document)
