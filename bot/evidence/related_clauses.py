"""What belongs to the clauses found: closing words of a whole document, other rows of a rate list, things compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.evidence.candidates import CLAUSES_LOOKED_AT
from bot.evidence.table_rows import is_table_row, rows_named, sends_to_table, table_of
from bot.understand.goods_and_uses import goods_named
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from index.types import Hit
from ingest.types import Clause, Corpus, Role

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


MOST_PRICES = 4  # rows of price lists that are looked at unfound
MOST_ROWS = 6  # of one list; a longer one is a table to open, not an answer to read
ROWS_UNASKED = 3  # found of a table of which the question names no row: more would leave no room for what prose says


def with_few_rows(hits: Sequence[Hit], most: int) -> list[Hit]:
    """The first ``most`` hits, at most a few rows of one table among them, so that a long table leaves room."""
    kept: list[Hit] = []
    counts: Counter[tuple[str, ...]] = Counter()
    for hit in hits:
        if is_table_row(hit.clause):
            table = (hit.clause.document, hit.clause.address, *hit.clause.path[-1:])
            counts[table] += 1
            if counts[table] > ROWS_UNASKED:
                continue
        kept.append(hit)
    return [replace(hit, rank=rank) for rank, hit in enumerate(kept[:most], start=1)]


def with_prices_of_good(reading: Reading, hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The hits; asked the price of a good (土地多少钱一亩) of which none prints one, the rows of price lists that do behind the first."""
    goods, filters = goods_named(reading.last), reading.query.filters
    if not goods or QuestionType.AMOUNT not in reading.types or corpus.lookup.is_large or filters.levels:
        return list(hits)
    if filters.documents or any(_is_price_of(goods, hit.clause) for hit in hits[:CLAUSES_LOOKED_AT]):
        return list(hits)
    rows = [c for c in corpus.at(corpus.lookup.of_roles(r for r in Role if r.is_rate_row)) if _is_price_of(goods, c)]
    return [
        *hits[:1],
        *(Hit(row, hits[0].rank, hits[0].score, {}, None) for row in rows[:MOST_PRICES] if hits),
        *hits[1:],
    ]


def _is_price_of(goods: frozenset[str], clause: Clause) -> bool:
    printed = " ".join((*clause.path[-2:], clause.text)).lower()
    return clause.role.is_rate_row and not clause.cells and bool(goods & goods_named(printed))


def with_asked_rows(reading: Reading, hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The hits; of a table among them only the rows that the question names, where its first row was found.

    Of a table of which it names none, the first rows in print when one of them leads the hits or the clause that does
    sends to it (奖励标准见附件1), else the rows found.
    """
    kept: list[Hit] = []
    seen: set[str] = set()  # rows of the tables dealt with
    sent = bool(hits) and sends_to_table(hits[0].clause.text) is not None
    for hit in hits:
        if not is_table_row(hit.clause):
            kept.append(hit)
        elif hit.clause.id not in seen:
            rows = table_of(hit.clause, corpus)
            asked = rows_named(reading, rows)[:MOST_ROWS]
            leads = hit is hits[0] or (sent and hit.clause.document == hits[0].clause.document)
            if not asked and leads:
                first = rows[:MOST_ROWS]
                asked = first if hit.clause in first or hit is not hits[0] else [hit.clause]
            elif not asked:
                in_table = {row.id for row in rows}
                asked = [other.clause for other in hits if other.clause.id in in_table][:ROWS_UNASKED]
            seen |= {row.id for row in rows}
            found = {other.clause.id: other for other in hits}
            for row in asked:
                best = found.get(row.id)
                kept.append(replace(best, score=hit.score) if best else Hit(row, hit.rank, hit.score, {}, None))
    return kept


def with_other_rows(hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The hits; when the first is a row of a rate list, the other rows under the same headings right behind it."""
    if not hits or not hits[0].clause.role.is_rate_row or is_table_row(hits[0].clause):
        return list(hits)
    first = hits[0]
    document = corpus.document_of(first.clause)
    rows = [c for c in corpus.clauses_of(document) if c.role.is_rate_row and c.path == first.clause.path]
    rows = rows[:MOST_ROWS] if first.clause in rows[:MOST_ROWS] else [first.clause]
    behind = [Hit(clause, first.rank, first.score, {}, None) for clause in rows if clause.id != first.clause.id]
    same = {clause.id for clause in rows}
    return [first, *behind, *(hit for hit in hits[1:] if hit.clause.id not in same)]
