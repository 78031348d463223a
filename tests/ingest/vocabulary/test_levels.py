from __future__ import annotations

import pytest

from ingest.vocabulary.levels import level_named, level_names, levels, meant_by, widest_first


def test_levels_stand_the_widest_first() -> None:
    assert level_names() == (
        *("国家", "省", "自治区", "直辖市", "特别行政区", "市", "州", "盟", "地区", "区", "县", "旗", "县级市"),
        *("乡镇", "园区"),
    )


def test_every_level_has_words_in_both_languages() -> None:
    assert [level.name for level in levels() if not (all(level.label) and all(level.where))] == []


def test_a_level_of_the_owners_own_stands_last() -> None:
    assert widest_first(["县", "试点", "国家", "县"]) == ("国家", "县", "试点")


@pytest.mark.parametrize(
    ("said", "present", "meant"),
    [
        ("区", ("国家", "自治区", "市", "旗"), "自治区"),  # 区里 where there is no district but an autonomous region
        ("区", ("省", "市", "区"), "区"),
        ("区", ("自治区", "市", "区"), "区"),
        ("省", ("自治区", "市"), "自治区"),
        ("县", ("自治区", "旗"), "旗"),
        ("市", ("直辖市", "区"), "直辖市"),
        ("旗", ("国家", "省"), None),
    ],
)
def test_what_is_said_is_read_by_the_levels_of_the_corpus(said: str, present: tuple[str, ...], meant: str) -> None:
    level = level_named(said)
    assert level is not None
    assert meant_by(level, present) == meant
