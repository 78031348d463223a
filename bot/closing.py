"""The closing words of the documents found: what they say of double claims and of time answers for all their clauses."""

from __future__ import annotations

from collections.abc import Sequence

from bot.kinds import Kind
from bot.question import Reading
from index.types import Hit
from ingest.types import Corpus, Role

DOCUMENTS_LOOKED_AT = 3
SHARE_OF_SCORE = 0.9  # of the best clause of the same document: behind it, before the next document


def with_closing_words(reading: Reading, hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The hits; for questions about overlap or time also the closing clauses of the first documents among them."""
    if not reading.kinds & {Kind.OVERLAP, Kind.VALIDITY} or not hits:
        return list(hits)
    fitting = [hit for hit in hits if not reading.levels or hit.clause.level in reading.levels] or list(hits)
    first: dict[str, Hit] = {}
    for hit in fitting:
        first.setdefault(hit.clause.document, hit)
    known = {hit.clause.id for hit in hits}
    added = [
        Hit(clause, hit.rank, hit.score * SHARE_OF_SCORE, {}, None)
        for document, hit in list(first.items())[:DOCUMENTS_LOOKED_AT]
        for clause in corpus.clauses_of(corpus.document_by_id[document])
        if clause.role is Role.CLOSING and clause.id not in known
    ]
    return sorted([*hits, *added], key=lambda hit: (-hit.score, hit.rank))
