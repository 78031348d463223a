"""Commas and blanks between things that are asked for side by side."""

from __future__ import annotations

from datetime import date

import pytest

from bot.types import Question
from bot.understand.comma_lists import is_thing, told_apart, with_prices_named
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from bot.understand.sub_questions import aspects_of

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("asked", "things"),
    [
        ("水价，电价，气价", ("水价", "电价", "气价")),
        ("工业用水 供热多少", ("工业用水", "供热")),
        ("工业用地 天然气 工业用电 各多少钱", ("工业用地", "天然气", "工业用电")),
        ("水電氣熱都什麼價", ("水价", "电价", "气价", "热价")),
        ("水电气暖都啥价 工业用的", ("水价", "电价", "气价", "供热价格")),
        ("水费电费多少", ("水价", "电价")),
        ("伊旗的工业用电同埋工业用水几多钱", ("伊旗的工业用电", "工业用水几多钱")),
        (
            "What is the industrial electricity price as well as the heating price?",
            ("industrial electricity price", "heating price"),
        ),
        ("安家费，租房补贴，购房补贴各多少", ("安家费", "租房补贴", "购房补贴")),
        ("我们想建厂，水价，电价，气价多少", ("水价", "电价", "气价")),
        ("签订3年以上劳动合同，税前年薪60万以上，市里给多少生活补贴", ()),  # conditions of one question
        ("签订3年以上劳动合同、税前年薪60万以上、在重点企业当技术带头人，市里给多少生活补贴", ()),
        ("农民评上副高职称 旗里给钱不 给几千 正高呢", ()),
        ("科学技术和人才工作的补贴有哪些", ()),  # a name that holds 和
    ],
)
def test_what_stands_between_commas_and_blanks(asked: str, things: tuple[str, ...], places: Places) -> None:
    reading = read_question(Question((asked,), AS_OF), places, 20)
    assert tuple(aspect.name for aspect in aspects_of(reading, places)) == things


@pytest.mark.parametrize(
    ("words", "thing"), [("租房补贴", True), ("供热", True), ("年薪60万", False), ("我们公司", False)]
)
def test_a_thing_is_only_named(words: str, thing: bool) -> None:
    assert is_thing(words) is thing


def test_what_the_ends_of_a_list_say_of_all_is_no_part_of_the_things() -> None:
    patents = told_apart(("发明专利", "实用新型", "外观设计授权后旗里奖"))
    assert [(one.name, one.tail) for one in patents][2] == ("外观设计", "授权后旗里奖")
    retired = told_apart(("旗里引进退休工程师", "退休医师", "退休会计"))
    assert [one.key for one in retired] == ["工程师", "医师", "会计"]
    assert retired[0].lead == "旗里引进"


def test_nouns_behind_a_name_belong_to_it() -> None:
    markets = told_apart(("科创板", "创业板", "区股权交易市场挂牌的"))
    assert (markets[2].name, markets[2].key) == ("区股权交易市场", "区股权")


def test_of_a_list_of_unlike_things_nothing_is_cut() -> None:
    assert told_apart(("所得税率", "利润留下来再投的预提税"))[1].name == "利润留下来再投的预提税"


@pytest.mark.parametrize(
    ("turn", "before", "read"),
    [
        ("气和水呢？", (), "用气价格、用水价格多少"),
        ("电呢", ("工业用水多少钱一吨",), "工业用电价格多少"),
        ("工业用地、水、电各多少钱", (), "工业用地、用水价格、用电价格各多少钱"),
        ("水电铝企业能享受吗", (), "水电铝企业能享受吗"),
        ("地价呢", ("工业用水多少钱一吨",), "地价呢"),
    ],
)
def test_goods_called_by_one_character(turn: str, before: tuple[str, ...], read: str) -> None:
    assert with_prices_named(turn, before) == read
