from __future__ import annotations

from bot.match.types import Fact
from tests.bot.match.conftest import CLASSES


def letters(award: str, of: str | None) -> list[tuple[str, bool]]:
    return [(item.letter, item.qualified) for item in CLASSES.of([Fact("award", (award,))], of)]


def test_one_award_has_a_class_in_each_catalogue() -> None:
    assert letters("全国技术能手", "伊金霍洛旗") == [("C", False)]
    assert letters("全国技术能手", "鄂尔多斯市") == [("E", False)]
    assert letters("全国技术能手", "自治区") == []


def test_another_name_of_an_award_is_listed_too() -> None:
    assert letters("中科院院士", "鄂尔多斯市") == [("A", False)]
    assert letters("国家优青", "鄂尔多斯市") == [("D", False)]


def test_what_the_catalogue_asks_besides_is_said() -> None:
    assert letters("国家社会科学基金重点项目第一负责人", "鄂尔多斯市") == [("E", True)]


def test_what_is_not_listed_has_no_class() -> None:
    assert letters("劳模", "鄂尔多斯市") == []
