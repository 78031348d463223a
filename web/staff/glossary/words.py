"""Which words of a glossary stand nowhere in the texts: searching for them by their letters finds nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.glossary.edit import GlossaryRow
from ingest.corpus.load import source_files
from ingest.corpus.versions import file_digests
from ingest.errors import SourceUnreadable
from ingest.normalise import search_form
from ingest.readers.dispatch import read_source
from ingest.readers.limits import Limits
from ingest.types import Corpus

TEXTS_KEPT = 2  # of whole corpora, in the form they are searched in: what serves and the draft at hand
FILES_KEPT = 16  # of drafts, as they were read
NAMES_OF_LEVELS = "levels"  # whose right side names levels of government and is not searched for


class CorpusWords:
    """The texts of corpus folders, as far as words are looked up in them; the last few are remembered."""

    def __init__(self) -> None:
        self._wholes: OrderedDict[tuple[str, ...], str] = OrderedDict()
        self._files: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def absent(self, rows: Iterable[GlossaryRow], folder: Path, serving: Corpus, limits: Limits) -> frozenset[str]:
        """The words on the right sides of ``rows`` that stand in no text of ``folder``.

        Files that serve already are not read again; one that cannot be read counts as empty, as its own page says why.
        """
        text = self._text(folder, {source.sha256: source.text for source in serving.sources}, limits)
        words = {word for row in rows if row.table != NAMES_OF_LEVELS for word in row.words}
        return frozenset(word for word in words if _plain(word) not in text)

    def _text(self, folder: Path, known: dict[str, str], limits: Limits) -> str:
        digests = file_digests(folder)
        names = [path.relative_to(folder).as_posix() for path in source_files(folder)]
        key = tuple(digests[name] for name in names)
        with self._lock:
            if (found := self._wholes.get(key)) is None:
                found = "\n".join(self._file(folder / name, digests[name], known, limits) for name in names)
                _keep(self._wholes, key, found, TEXTS_KEPT)
        return found

    def _file(self, path: Path, digest: str, known: dict[str, str], limits: Limits) -> str:
        if digest in known:
            return _plain(known[digest])
        if digest not in self._files:
            read = ""
            with suppress(SourceUnreadable):
                read = _plain(read_source(path, path.name, limits).text)
            _keep(self._files, digest, read, FILES_KEPT)
        return self._files[digest]


def _plain(text: str) -> str:
    return "".join(search_form(text).split())


def _keep(kept: OrderedDict[Any, str], key: object, text: str, most: int) -> None:
    kept[key] = text
    while len(kept) > most:
        kept.popitem(last=False)
