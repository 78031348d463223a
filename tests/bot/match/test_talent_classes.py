from __future__ import annotations

import pytest

from bot.match.talent_classes import TalentClasses
from bot.match.types import Fact
from ingest.entitlements.types import AttachedCatalogue, AttachedEntry, Catalogue, CatalogueEntry
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


PRIZES = TalentClasses.of_catalogues(
    [
        AttachedCatalogue(
            Catalogue("人才分类目录", "鄂尔多斯市", None, ()),
            tuple(
                AttachedEntry(CatalogueEntry(letter, awards, awards[0]), ("c",))
                for letter, awards in {
                    "B": ("国家科学技术进步奖一等奖第一完成人",),
                    "D": ("国家科学技术进步奖二等奖前3名完成人",),
                    "E": ("省部级科学技术进步奖一等奖前3名完成人（近5年）",),
                }.items()
            ),
        )
    ]
)


@pytest.mark.parametrize(
    ("won", "listed"),
    [
        ("国家科学技术进步奖二等奖第2完成人", [("D", False)]),
        ("国家科学技术进步奖二等奖第8完成人", []),
        ("国家科学技术进步奖二等奖", [("D", True)]),
        ("省部级科学技术进步奖一等奖第3完成人", [("E", True)]),
        ("国家科学技术进步奖", [("B", True), ("D", True)]),
    ],
)
def test_grade_and_rank_choose_the_class(won: str, listed: list[tuple[str, bool]]) -> None:
    fact = Fact("award", tuple(dict.fromkeys((won, "国家科学技术进步奖"))) if won.startswith("国家") else (won,))
    assert [(item.letter, item.qualified) for item in PRIZES.of([fact], "鄂尔多斯市")] == listed
