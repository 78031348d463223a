"""The search as a LangChain retriever, for anybody's chain."""

from __future__ import annotations

from functools import cached_property
from typing import TypedDict, cast

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from index.search.search import search
from index.search.spelling_terms import spelling_of
from index.spelling.correct import Spelling
from index.store.store import ClauseIndex
from index.types import Filters, Hit, Query
from ingest.normalise import to_simplified
from ingest.types import Corpus


class ClauseMetadata(TypedDict):
    """What travels in ``Document.metadata``: enough to cite the clause and to find it again."""

    clause_id: str
    document: str  # title
    level: str | None
    address: str
    path: list[str]
    page: int | None  # printed
    source: str  # file of the corpus
    start: int  # characters of that file
    end: int
    rank: int
    score: float
    best_sentence: str | None


class PolicyRetriever(BaseRetriever):
    """Finds the clauses that answer a question; mistyped words are read as the terms they stand for.

    Example:
        >>> retriever = PolicyRetriever(clause_index=open_index(corpus, encoder, home), top_k=3)
        >>> retriever.invoke("高企首次认定奖多少")[0].metadata["address"]
        '三、19.'
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    clause_index: ClauseIndex
    top_k: int = Field(10, ge=1)
    filters: Filters = Field(default_factory=Filters)
    spelling: Spelling | None = None  # made of the index when none is given

    @cached_property
    def _speller(self) -> Spelling:
        return self.spelling or spelling_of(self.clause_index)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        spelled = self._speller.read(to_simplified(query))
        hits = search(self.clause_index, Query.of(spelled.text, self.filters), self.top_k)
        return [as_document(hit, self.clause_index.corpus) for hit in hits]


def as_document(hit: Hit, corpus: Corpus) -> Document:
    """A hit as LangChain passes it on."""
    clause = hit.clause
    metadata = ClauseMetadata(
        clause_id=clause.id,
        document=corpus.document_of(clause).title,
        level=clause.level,
        address=clause.address,
        path=list(clause.path),
        page=clause.page,
        source=clause.source,
        start=clause.span.start,
        end=clause.span.end,
        rank=hit.rank,
        score=hit.score,
        best_sentence=hit.best_sentence.of(clause.text) if hit.best_sentence else None,
    )
    return Document(id=clause.id, page_content=clause.text, metadata=cast(dict[str, object], metadata))
