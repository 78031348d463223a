"""How characters sound."""

from __future__ import annotations

import pytest

from index.spelling.pinyin import breaks_between, readings, sound_alike, sound_nearly_alike, syllables_of


@pytest.mark.parametrize(
    ("character", "syllables"),
    [("贴", {"tie"}), ("行", {"xing", "hang", "heng"}), ("绿", {"lv", "lu"}), ("a", set()), ("，", set())],
)
def test_readings(character: str, syllables: set[str]) -> None:
    assert readings(character) == syllables


@pytest.mark.parametrize(
    ("character", "syllable", "alike", "nearly"),
    [
        ("帖", "tie", True, True),
        ("行", "hang", True, True),
        ("森", "sheng", False, True),  # sh/s and eng/en
        ("城", "ceng", False, True),  # ch/c
        ("主", "zu", False, True),
        ("能", "leng", False, True),  # n/l
        ("金", "jing", False, True),  # in/ing
        ("安", "ang", False, True),
        ("风", "hong", False, False),
        ("东", "don", False, False),  # ong stays
        ("买", "tie", False, False),
    ],
)
def test_alike(character: str, syllable: str, alike: bool, nearly: bool) -> None:
    assert sound_alike(character, syllable) is alike
    assert sound_nearly_alike(character, syllable) is nearly


def test_a_character_sounds_as_its_word_has_it() -> None:
    assert syllables_of("银行") == ("yin", "hang")
    assert syllables_of("行业") == ("hang", "ye")
    assert syllables_of("绿电") == ("lv", "dian")


@pytest.mark.parametrize(
    ("words", "between"),
    [
        (("anjia", "butie"), True),
        (("an", "jia", "bu", "tie"), True),
        (("anjiabutie",), True),
        (("anj", "iabutie"), False),
    ],
)
def test_breaks_between_syllables(words: tuple[str, ...], between: bool) -> None:
    assert breaks_between(("an", "jia", "bu", "tie"), words) is between
