"""What belongs to the clauses found: closing words of a whole document, other rows of a rate list, things compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from index.types import Hit
from ingest.types import Corpus, Role

DOCUMENTS_LOOKED_AT = 3
SHARE_OF_SCORE = 0.9  # of the best clause of the same document: behind it, before the next document


def with_closing_words(reading: Reading, hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The hits; for questions about overlap or time also the closing clauses of the first documents among them."""
    if not reading.types & {QuestionType.OVERLAP, QuestionType.VALIDITY} or not hits:
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


HITS_TAKEN_OF_ASPECT = 2  # its best clause, and the next in case that one only repeats a heading
PLACE_OF_ASPECTS = 4  # hits before those added: candidates are looked for in the first few only


def with_each_aspect(hits: Sequence[Hit], of_aspects: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The hits; behind the first few the best of each thing compared that are not among those."""
    first, rest = list(hits[:PLACE_OF_ASPECTS]), list(hits[PLACE_OF_ASPECTS:])
    known = {hit.clause.id for hit in first}
    # Scores are comparable within one search only: those added stand where they are put in.
    added = {
        hit.clause.id: replace(hit, rank=len(first) + 1, score=first[-1].score)
        for found in of_aspects
        for hit in found[:HITS_TAKEN_OF_ASPECT]
        if first and hit.clause.id not in known
    }
    known |= added.keys()
    return [*first, *added.values(), *(hit for hit in rest if hit.clause.id not in known)]


def side_by_side(hits: Sequence[Hit], of_aspects: Sequence[Sequence[Hit]]) -> list[Hit]:
    """What a list of clauses shows of a question that sets things side by side.

    The best clause of the whole question, then the best ones of each thing in turn, then the rest. Each clause once,
    ranks as they stand; a score is at most that of the clause before.
    """
    in_turn = [found[place] for place in range(HITS_TAKEN_OF_ASPECT) for found in of_aspects if place < len(found)]
    ordered: dict[str, Hit] = {}
    for hit in (*hits[:1], *in_turn, *hits[1:]):
        ordered.setdefault(hit.clause.id, hit)
    scores = {hit.clause.id: hit.score for hit in hits}
    shown: list[Hit] = []
    for rank, hit in enumerate(ordered.values(), start=1):
        score = min(scores.get(hit.clause.id, hit.score), shown[-1].score if shown else hit.score)
        shown.append(replace(hit, rank=rank, score=score))
    return shown


MOST_ROWS = 6  # of one list; a longer one is a table to open, not an answer to read


def with_other_rows(hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The hits; when the first is a row of a rate list, the other rows under the same headings right behind it."""
    if not hits or not hits[0].clause.role.is_rate_row:
        return list(hits)
    first = hits[0]
    document = corpus.document_of(first.clause)
    rows = [c for c in corpus.clauses_of(document) if c.role.is_rate_row and c.path == first.clause.path]
    rows = rows[:MOST_ROWS] if first.clause in rows[:MOST_ROWS] else [first.clause]
    behind = [Hit(clause, first.rank, first.score, {}, None) for clause in rows if clause.id != first.clause.id]
    same = {clause.id for clause in rows}
    return [first, *behind, *(hit for hit in hits[1:] if hit.clause.id not in same)]
