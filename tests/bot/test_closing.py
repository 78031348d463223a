from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.closing import HITS_OF_LEVEL, PLACE_OF_LEVELS, levels_to_search, with_each_level
from bot.places import Places
from bot.question import read_question
from bot.types import Question
from index.types import Hit
from ingest.types import Clause, Corpus

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("市里和旗里对猎头分别奖多少", {"市", "旗"}),
        ("自治区、市、旗三级各奖多少", {"自治区", "市", "旗"}),
        ("市里对猎头奖多少", set[str]()),
        ("对猎头奖多少", set[str]()),
    ],
)
def test_levels_are_searched_one_by_one_when_compared(text: str, levels: set[str], places: Places) -> None:
    assert set(levels_to_search(read_question(Question((text,), AS_OF), places, 20))) == levels


def test_a_level_that_search_ranked_low_is_heard(corpus: Corpus, clause_with: Callable[[str], Clause]) -> None:
    city = [clause for clause in corpus.clauses if clause.level == "市"][:8]
    banner = clause_with("分别给予30万元、20万元、10万元、5万元荐才奖励")
    found = [Hit(clause, rank, 1.0 / rank, {}, None) for rank, clause in enumerate(city, start=1)]
    hits = with_each_level(found, [found[:1], [Hit(banner, 1, 9.0, {}, None)]])
    assert [hit.clause for hit in hits[:PLACE_OF_LEVELS]] == city[:PLACE_OF_LEVELS]
    assert hits[PLACE_OF_LEVELS].clause == banner
    assert hits[PLACE_OF_LEVELS].score == found[PLACE_OF_LEVELS - 1].score  # its own is of another search
    assert len({hit.clause.id for hit in hits}) == len(hits) == len(found) + 1


def test_few_are_added_and_nothing_without_hits(corpus: Corpus) -> None:
    found = [Hit(clause, rank, 0.5, {}, None) for rank, clause in enumerate(corpus.clauses[:9], start=1)]
    assert len(with_each_level(found[:1], [found[1:]])) == 1 + HITS_OF_LEVEL
    assert with_each_level([], [found]) == []
    assert with_each_level(found, []) == found
