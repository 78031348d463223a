from __future__ import annotations

from collections.abc import Callable

from bot.closing import HITS_TAKEN_OF_ASPECT, PLACE_OF_ASPECTS, with_each_aspect
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
