"""What a question sets side by side, and what is found for each of it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.types import Question
from bot.understand.levels_and_places import Places, speaks_of_level
from bot.understand.reading import read_question
from bot.understand.sub_questions import MOST_ITEMS, aspects_of, items_left_out

AS_OF = date(2026, 11, 22)


def names(text: str, places: Places) -> tuple[str, ...]:
    return tuple(aspect.name for aspect in aspects_of(read_question(Question((text,), AS_OF), places, 20), places))


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("市里和旗里对猎头分别奖多少", ("市", "旗")),
        ("自治区、市、旗三级各奖多少", ("自治区", "市", "旗")),
        ("各级政府对高企都奖多少", ("自治区", "市", "旗")),
        ("市里对猎头奖多少", ()),
        ("对猎头奖多少", ()),
        # where somebody is and the name of a prize are no givers
        ("我们把专利许可给鄂尔多斯一家厂子，自治区财政奖多少", ()),
        ("拿了自治区医学会科技奖一等奖，按市里政策安家费多少", ()),
        ("鄂尔多斯的企业和伊旗的企业分别能拿多少", ("市", "旗")),
    ],
)
def test_levels_that_are_compared(text: str, levels: tuple[str, ...], places: Places) -> None:
    assert set(names(text, places)) == set(levels)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("帮我把地价、电价、水价、气价列一下", ("地价", "电价", "水价", "气价")),
        ("降费率、稳岗返还和考证补贴分别到哪天截止？", ("降费率", "稳岗返还", "考证补贴")),
        ("失业保险那几项惠企政策——降费率、稳岗返还、考证补贴——分别到哪天截止？", ("降费率", "稳岗返还", "考证补贴")),
        ("国家级的技术创新中心和自治区级的，每年保底多少？", ("国家级", "自治区级")),
        ("厂里要用天然气和蒸汽，单价各多少？", ("厂里要用天然气", "蒸汽")),  # goods need no "、"
        ("发明专利、商标、地理标志、实用新型？", ("发明专利", "商标", "地理标志", "实用新型")),  # nothing but its list
        ("企业和猎头各能拿多少", ()),
        ("博士、硕士、本科各补多少", ()),  # told apart inside one clause
        ("A、B、C类人才分别奖多少", ()),
        ("光伏、风电项目能用未利用地吗", ()),  # one question about both
        ("1210、9610、9710分别补多少", ()),  # codes are no things to search for one by one
    ],
)
def test_items_of_a_list(text: str, items: tuple[str, ...], places: Places) -> None:
    assert names(text, places) == items


def test_an_item_is_searched_with_the_ending_it_leaves_out(places: Places) -> None:
    reading = read_question(Question(("学校、机关的水费和老百姓家里的水费，一吨各是多少？",), AS_OF), places, 20)
    assert [aspect.text for aspect in aspects_of(reading, places)] == ["学校的水费", "机关的水费", "老百姓家里的水费"]


def test_each_level_is_asked_only_its_own_part(places: Places) -> None:
    reading = read_question(
        Question(("拿了中国专利金奖，旗里给多少奖金？按市里的目录算哪一类人才？",), AS_OF), places, 20
    )
    texts = {aspect.level: aspect.text for aspect in aspects_of(reading, places)}
    assert "奖金" in texts["旗"]
    assert "目录" not in texts["旗"]
    assert "目录" in texts["市"]
    assert all("中国专利金奖" in text and "旗里" not in text for text in texts.values())


@pytest.mark.parametrize(
    ("text", "level", "speaks"),
    [
        ("中央和自治区分别承担45%和30%的保险费补贴。", "国家", True),
        ("对新认定的国家级创新平台给予奖补。", "国家", True),
        ("对全职引进的人才给予安家补贴。", "国家", False),
        ("由市、旗两级财政按比例承担。", "旗", True),
    ],
)
def test_a_rule_may_speak_of_another_level(text: str, level: str, speaks: bool) -> None:
    assert speaks_of_level(text, level) is speaks


def test_items_beyond_the_most_are_named(places: Places) -> None:
    goods = [f"{kind}用{good}" for kind in ("工业", "居民", "学校", "农业") for good in ("电", "水", "气")]
    reading = read_question(Question((f"{'、'.join(goods)}分别多少钱",), AS_OF), places, 20)
    assert [aspect.name for aspect in aspects_of(reading, places)] == goods[:MOST_ITEMS]
    assert items_left_out(reading, places) == tuple(goods[MOST_ITEMS:])


def test_things_of_several_ranks_are_compared_not_the_ranks(places: Places) -> None:
    assert names("国家级、市级优秀教师和优秀医师各奖多少", places) == ("国家级、市级优秀教师", "优秀医师")
    assert names("国家级高新区、自治区级高新区、省级经开区各给多少", places) == (
        "国家级高新区",
        "自治区级高新区",
        "省级经开区",
    )


def test_what_the_last_thing_says_of_all_is_searched_for_each(places: Places) -> None:
    reading = read_question(Question(("发明专利、实用新型、外观设计授权后旗里奖多少",), AS_OF), places, 20)
    aspects = aspects_of(reading, places)
    assert [aspect.name for aspect in aspects] == ["发明专利", "实用新型", "外观设计"]
    assert all(aspect.text.endswith("授权后旗里奖") for aspect in aspects)
