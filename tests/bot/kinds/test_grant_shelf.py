"""The shelf of a corpus is made once, with or without usable records."""

from __future__ import annotations

from bot.kinds.grant_shelf import ShelfKeeper
from bot.match.matching import Matcher, MatcherKeeper
from ingest.errors import EntitlementsUnusable
from ingest.types import Corpus


class _Faulty(MatcherKeeper):
    def of(self, corpus: Corpus) -> Matcher:
        raise EntitlementsUnusable("ingest.two_records_of_one_id", identifier="x")


def test_a_shelf_is_kept_where_records_can_be_used(corpus: Corpus) -> None:
    keeper, matchers = ShelfKeeper(), MatcherKeeper()
    assert keeper.of(corpus, matchers).checked
    assert keeper.of(corpus, matchers) is keeper.of(corpus, matchers)


def test_a_shelf_is_kept_where_records_cannot_be_used(corpus: Corpus) -> None:
    keeper, faulty = ShelfKeeper(), _Faulty()
    assert not keeper.of(corpus, faulty).checked
    assert keeper.of(corpus, faulty) is keeper.of(corpus, faulty)
