"""Article-aware segmentation for anybody's LangChain pipeline: a loader and a splitter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypedDict

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document
from langchain_text_splitters import TextSplitter

from ingest.corpus.load import Segmented, load_file, segment, source_files
from ingest.readers.limits import Limits
from ingest.types import Clause, PolicyDocument, SourceFile


class ClauseData(TypedDict):
    """``Document.metadata`` of a clause: enough to cite it and to open the source at its place."""

    clause_id: str
    document: str  # title
    level: str | None
    address: str
    path: list[str]
    role: str
    page: int | None  # printed
    source: str  # file
    start: int  # characters of the source's text
    end: int
    departments: list[str]


class PolicyLoader(BaseLoader):
    """Loads a policy file, or every one of a folder, one Document a clause.

    Example:
        >>> clauses = PolicyLoader("corpus").load()
        >>> clauses[0].metadata["address"]
        '（一）'
    """

    def __init__(self, path: str | Path, limits: Limits | None = None) -> None:
        """``limits`` bound the size and time of one file; the defaults are those of the settings."""
        self.path = Path(path)
        self.limits = limits or Limits()

    def lazy_load(self) -> Iterator[Document]:
        """One Document a clause, file by file.

        Raises SourceUnreadable for a file that cannot be read.
        """
        paths = source_files(self.path) if self.path.is_dir() else iter([self.path])
        for path in paths:
            yield from _documents(load_file(path, self.limits))


class ClauseSplitter(TextSplitter):
    """Splits policy text at its clauses instead of at a number of characters.

    A chunk is a whole article or item; with ``with_path`` its headings stand in front of it, so that an
    entry of a catalogue still says which tier it belongs to.
    """

    def __init__(self, *, with_path: bool = True, **options: Any) -> None:
        """``options`` are TextSplitter's own; its chunk size and overlap have no effect, a clause is never cut."""
        super().__init__(**options)
        self._with_path = with_path

    def split_text(self, text: str) -> list[str]:
        """The clauses of a text in order."""
        cut = segment(
            SourceFile("text", text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "text")
        )
        return [self._shown(clause) for clause in cut.clauses]

    def _shown(self, clause: Clause) -> str:
        if not self._with_path:
            return clause.text
        return " › ".join(clause.path[1:]) + "\n" + clause.text if clause.path[1:] else clause.text


def _documents(cut: Segmented) -> Iterator[Document]:
    titles = {document.id: document for document in cut.documents}
    for clause in cut.clauses:
        yield Document(page_content=clause.text, id=clause.id, metadata=dict(_data(clause, titles[clause.document])))


def _data(clause: Clause, document: PolicyDocument) -> ClauseData:
    return ClauseData(
        clause_id=clause.id,
        document=document.title,
        level=clause.level,
        address=clause.address,
        path=list(clause.path),
        role=clause.role.value,
        page=clause.page,
        source=clause.source,
        start=clause.span.start,
        end=clause.span.end,
        departments=list(clause.departments),
    )
