from __future__ import annotations

import pytest

from bot.match.places_within import PlacesWithin
from ingest.facts.administration import Place
from ingest.types import Corpus
from tests.bot.match.conftest import PLACES


@pytest.mark.parametrize(
    ("said", "asked", "lies"),
    [
        ("伊金霍洛旗", "鄂尔多斯市", True),
        ("伊旗", "伊金霍洛旗", True),
        ("内蒙古自治区鄂尔多斯市伊金霍洛旗阿镇", "伊金霍洛旗", True),
        ("东胜区", "鄂尔多斯市", True),
        ("康巴什", "鄂尔多斯市", True),
        ("东胜区", "伊金霍洛旗", False),
        ("呼和浩特", "内蒙古自治区", True),
        ("呼和浩特", "鄂尔多斯市", False),
        ("包头市", "伊金霍洛旗", False),
        ("北京", "内蒙古自治区", False),
        ("伊金霍洛旗", "西部地区", True),
        ("深圳", "西部地区", False),
        ("深圳", "中国", True),
        ("鄂尔多斯市", "伊金霍洛旗", None),
        ("内蒙古", "鄂尔多斯市", None),
        ("月球", "鄂尔多斯市", None),
    ],
)
def test_a_place_lies_in_another_by_what_is_known_of_both(said: str, asked: str, lies: bool | None) -> None:
    assert PLACES.lies_in(said, asked) is lies


def test_the_corpus_tells_which_counties_lie_beside_its_own(compendium: Corpus) -> None:
    places = PlacesWithin.of(compendium)
    assert places.of_level("旗") == "伊金霍洛旗"
    assert places.of_level("国家") is None
    assert places.lies_in("康巴什区", "鄂尔多斯市") is True


def test_no_place_is_special() -> None:
    places = PlacesWithin((Place("江苏", "省", "江苏省"), Place("苏州", "市", "苏州市")))
    assert places.lies_in("苏州", "江苏省") is True
    assert places.lies_in("伊金霍洛旗", "苏州市") is None
    assert places.lies_in("鄂尔多斯", "苏州市") is False
