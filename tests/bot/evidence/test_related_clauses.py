from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.evidence.related_clauses import (
    HITS_TAKEN_OF_ASPECT,
    MOST_ROWS,
    PLACE_OF_ASPECTS,
    ROWS_UNASKED,
    side_by_side,
    with_asked_rows,
    with_each_aspect,
    with_few_rows,
)
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from index.types import Hit
from ingest.corpus.load import segment
from ingest.readers.limits import Limits
from ingest.readers.text import read_text
from ingest.types import Clause, Corpus
from tests.bot.conftest import AS_OF


def test_a_level_that_search_ranked_low_is_heard(corpus: Corpus, clause_with: Callable[[str], Clause]) -> None:
    city = [clause for clause in corpus.clauses if clause.level == "市"][:8]
    banner = clause_with("分别给予30万元、20万元、10万元、5万元荐才奖励")
    found = [Hit(clause, rank, 1.0 / rank, {}, None) for rank, clause in enumerate(city, start=1)]
    hits = with_each_aspect(found, [found[:1], [Hit(banner, 1, 9.0, {}, None)]])
    assert [hit.clause for hit in hits[:PLACE_OF_ASPECTS]] == city[:PLACE_OF_ASPECTS]
    assert hits[PLACE_OF_ASPECTS].clause == banner
    assert hits[PLACE_OF_ASPECTS].score == found[PLACE_OF_ASPECTS - 1].score  # its own is of another search
    assert len({hit.clause.id for hit in hits}) == len(hits) == len(found) + 1


def test_few_are_added_and_nothing_without_hits(corpus: Corpus) -> None:
    found = [Hit(clause, rank, 0.5, {}, None) for rank, clause in enumerate(corpus.clauses[:9], start=1)]
    assert len(with_each_aspect(found[:1], [found[1:]])) == 1 + HITS_TAKEN_OF_ASPECT
    assert with_each_aspect([], [found]) == []
    assert with_each_aspect(found, []) == found


def test_things_set_side_by_side_come_in_turn_behind_the_best_of_the_whole(corpus: Corpus) -> None:
    found = [Hit(clause, rank, 1.0 / rank, {}, None) for rank, clause in enumerate(corpus.clauses[:6], start=1)]
    city = [Hit(clause, rank, 0.9, {}, None) for rank, clause in enumerate(corpus.clauses[10:14], start=1)]
    banner = [Hit(clause, rank, 3.0, {}, None) for rank, clause in enumerate(corpus.clauses[20:21], start=1)]
    shown = side_by_side(found, [city, banner, found[:1], []])
    assert [hit.clause for hit in shown[:5]] == [
        hit.clause for hit in (found[0], city[0], banner[0], city[1], found[1])
    ]
    assert [hit.rank for hit in shown] == list(range(1, len(shown) + 1))
    assert [hit.score for hit in shown] == sorted((hit.score for hit in shown), reverse=True)
    assert len({hit.clause.id for hit in shown}) == len(shown) == len(found) + 3


def test_without_things_set_side_by_side_the_list_stays_as_it_is(corpus: Corpus) -> None:
    found = [Hit(clause, rank, 1.0 / rank, {}, None) for rank, clause in enumerate(corpus.clauses[:6], start=1)]
    assert side_by_side(found, []) == found
    assert side_by_side([], []) == []


def table(heads: str, rows: list[str]) -> list[Clause]:
    text = (
        f"云溪区奖励办法\n一、对首次认定的项目，由区财政给予一次性奖励，奖励标准见下表。\n{heads}\n"
        + "\n".join(rows)
        + "\n二、每年九月申报。\n"
    )
    return list(segment(read_text(text.encode(), "a.txt", Limits())).clauses)


def test_a_long_table_leaves_room_among_the_hits() -> None:
    clauses = table("项目\t金额", [f"项目{n}\t{n}万元" for n in range(1, 21)])
    hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate([*clauses[1:], clauses[0]], start=1)]
    kept = with_few_rows(hits, 10)

    assert [hit.clause for hit in kept] == [*clauses[1 : 1 + ROWS_UNASKED], clauses[-1], clauses[0]]
    assert [hit.rank for hit in kept] == list(range(1, len(kept) + 1))


def test_of_a_table_only_the_rows_named_stay(places: Places) -> None:
    clauses = table("项目\t金额", [f"项目{n}\t{n}万元" for n in range(1, 21)])
    corpus = one_source(clauses)
    reading = read_question(Question(("项目13奖励多少？",), AS_OF), places, 20)
    hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate(clauses[1:5], start=1)]

    assert [hit.clause.text for hit in with_asked_rows(reading, hits, corpus)] == ["项目13\t13万元"]


def test_a_clause_that_sends_to_a_table_brings_its_first_rows(places: Places) -> None:
    clauses = table("项目\t金额", [f"项目{n}\t{n}万元" for n in range(1, 21)])
    reading = read_question(Question(("奖励标准是多少？",), AS_OF), places, 20)
    hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate((clauses[0], clauses[9]), start=1)]

    assert [hit.clause for hit in with_asked_rows(reading, hits, one_source(clauses))] == clauses[: 1 + MOST_ROWS]


def one_source(clauses: list[Clause]) -> Corpus:
    return Corpus(Path(), "", "", "0" * 64, (), (), tuple(clauses), (), {}, ())
