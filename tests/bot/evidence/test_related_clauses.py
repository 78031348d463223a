from __future__ import annotations

from collections.abc import Callable

from bot.evidence.related_clauses import HITS_TAKEN_OF_ASPECT, PLACE_OF_ASPECTS, side_by_side, with_each_aspect
from index.types import Hit
from ingest.types import Clause, Corpus


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
