from __future__ import annotations

from bot.match.fact_pool import FactPool
from bot.match.judged_trees import KnownOutcomes, LeafJudged
from bot.types import Language
from ingest.entitlements.types import Leaf
from tests.bot.match.conftest import asker, said, words


def test_a_condition_is_judged_once_for_people_who_are_the_same_in_what_it_looks_at() -> None:
    """Three kinds of people, two of one degree; none of them says anything of a place of its own."""
    people = (
        said("degree", "博士", about="talent", group=1),
        said("degree", "博士", about="talent", group=2),
        said("degree", "硕士", about="talent", group=3),
    )
    pools = FactPool.all_ways(asker(said("place", "东胜区"), *people), Language.ZH)[True]
    known, judged = KnownOutcomes(), []

    def outcome(leaf: Leaf, pool: FactPool, attribute: str) -> LeafJudged:
        def judge(leaf: Leaf) -> LeafJudged:
            judged.append(attribute)
            return LeafJudged(leaf, "met", pool.on(attribute)[0].words[0])

        return known.of(leaf, pool, judge)

    place, degree = words("place", "东胜区"), words("degree", "博士")
    assert [outcome(place, pool, "place").because for pool in pools] == ["东胜区"] * 3
    assert [outcome(degree, pool, "degree").because for pool in pools] == ["博士", "博士", "硕士"]
    assert judged.count("place") == 1
    assert judged.count("degree") == 3
