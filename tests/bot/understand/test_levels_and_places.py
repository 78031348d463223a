"""Which level of government a question names, read with the places that the documents themselves name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.understand.levels_and_places import Places, other_place, places_of
from ingest.types import Corpus, PolicyDocument


def test_the_places_come_from_the_titles(places: Places) -> None:
    assert places.names == {
        "自治区": ("内蒙古自治区", "内蒙古", "内蒙"),
        "市": ("鄂尔多斯市", "鄂尔多斯"),
        "旗": ("伊金霍洛旗", "伊金霍洛", "伊旗"),
    }
    assert places.order == ("自治区", "市", "旗")
    assert places.covered == ("内蒙古自治区", "鄂尔多斯市", "伊金霍洛旗")


@pytest.fixture
def titled(corpus: Corpus) -> Callable[..., Corpus]:
    """A corpus whose documents have these titles and levels."""
    pattern: PolicyDocument = corpus.documents[0]

    def make(*titles: tuple[str, str | None]) -> Corpus:
        documents = (replace(pattern, id=title, title=title, level=level) for title, level in titles)
        return replace(corpus, documents=tuple(documents))

    return make


def test_a_province_and_a_county_are_levels_too(titled: Callable[..., Corpus]) -> None:
    places = places_of(titled(("陕西省人才办法", "省"), ("榆林市人才办法", "市"), ("神木县招商办法", "县")))
    assert places.covered == ("陕西省", "榆林市", "神木县")


def test_the_place_that_most_titles_name_stands_for_its_level(titled: Callable[..., Corpus]) -> None:
    titles = (("榆林市人才办法", "市"), ("西安市人才办法", "市"), ("西安市招商办法", "市"))
    places = places_of(titled(*titles))
    assert places.names["市"][:2] == ("西安市", "西安")
    assert places.covered[0] == "西安市"
    assert {"榆林市", "榆林"} < set(places.names["市"])


def test_a_title_without_a_level_or_of_another_names_no_place(titled: Callable[..., Corpus]) -> None:
    assert places_of(titled(("榆林市人才办法", None), ("榆林市转发国家办法", "国家"))).names == {}


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("鄂尔多斯市给多少", ("市",)),
        ("旗里和市里分别奖多少", ("市", "旗")),
        ("内蒙古和伊旗", ("自治区", "旗")),
        ("国务院和财政部", ("国家",)),
        ("what does the city pay", ("市",)),
        ("what is the region's ceiling for a year", ("自治区",)),
        ("what does the city pay for a regional headquarters", ("市",)),
        ("national policy", ("国家",)),
        ("自治区级重点实验室", ()),  # a grade is no giver, even where nobody gives
        ("国家级专精特新奖多少", ()),
        ("市级企业技术中心", ()),
        ("市级政策有哪些", ("市",)),
        ("两份市级人才文件", ("市",)),
        ("市级的呢？", ("市",)),
        ("a city-level platform", ()),
        ("国家级奖，自治区给多少", ("自治区",)),
        ("给鄂尔多斯一家企业，旗里给多少", ("旗",)),  # somebody there is no giver
        ("鄂尔多斯的企业能拿多少", ("市",)),  # unless nobody else is named
        ("硕士在伊金霍洛旗上班没房，租房补贴", ()),  # where somebody is gives nothing
        ("我在鄂尔多斯市注册的企业，有什么补贴", ()),
        ("在伊旗工作，市里给多少", ("市",)),
        ("i work in ordos and want a rent subsidy", ()),
        ("在鄂尔多斯市住房补贴多少", ("市",)),
        ("安家补贴多少", ()),
        ("scarcity", ()),
        ("旗里牵头组建的研发机构，市里给多少", ("市",)),
        ("市里推荐的项目，旗里还给吗", ("旗",)),
        ("旗里出资的项目给多少", ("旗",)),
        ("旗里和市里给硕士的租房补贴各多少", ("市", "旗")),
    ],
)
def test_levels_named(text: str, levels: tuple[str, ...], places: Places) -> None:
    assert set(places.levels_named(text)) == set(levels)


@pytest.mark.parametrize("text", ["自治区级重点实验室", "市级荣誉", "自治区医学会奖", "安家补贴"])
def test_a_rank_gives_nothing(text: str, places: Places) -> None:
    assert places.givers_named(text) == ()


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("鄂尔多斯市给多少", "给多少"),
        ("旗里的人才公寓", "人才公寓"),
        ("国家级奖自治区给多少", "国家级奖给多少"),
        ("市里和旗里分别奖多少", "分别奖多少"),
        ("自治区、市、旗三级各奖多少", "各奖多少"),
    ],
)
def test_what_is_left_without_the_levels(text: str, bare: str, places: Places) -> None:
    assert places.without_levels(text) == bare


@pytest.mark.parametrize(
    ("place", "covered"), [("鄂尔多斯", True), ("伊金霍洛", True), ("内蒙", True), ("包头", False)]
)
def test_covered_places(place: str, covered: bool, places: Places) -> None:
    assert places.is_covered(place) is covered


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("包头市e类人才安家补贴多少", "包头"),
        ("在西安能领购房补贴吗", "西安"),
        ("what subsidy does baotou give to a phd", "Baotou"),
        ("我从包头来，能领什么补贴", None),
        ("包头的企业想搬到这里，有什么补贴", None),
        ("包头和旗里的补贴有什么区别", None),
        ("包头离这里多远", None),  # no policy is asked for
        ("a company from baotou: what grant does it get", None),
    ],
)
def test_the_policy_of_another_place(text: str, place: str | None, places: Places) -> None:
    assert other_place(text, places) == place


def test_a_district_inside_a_covered_city_may_be_another_place() -> None:
    places = Places({"市": ("润江市", "润江"), "区": ("锦湖区", "锦湖")})
    assert other_place("润江市江北区的标准厂房租金多少", places) == "江北区"
    assert other_place("润江市锦湖区的标准厂房租金多少", places) is None
    assert other_place("润江市对引进人才给多少", places) is None


def test_places_are_known_by_their_latin_names() -> None:
    places = Places({"省": ("江苏省", "江苏")}, latin={"省": ("jiangsu",)})
    assert places.levels_named("what does jiangsu pay") == ("省",)
    assert other_place("what subsidies does jiangsu offer", places) is None
    assert other_place("what subsidies does zhejiang offer", places) == "Zhejiang"
