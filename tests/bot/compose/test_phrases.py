"""Our own words, each in the three languages of a question."""

from __future__ import annotations

import re

import pytest

from bot.compose import phrases as wording
from bot.compose.phrases import decline_words, level_words, phrase
from bot.types import Language, Reason
from ingest.normalise import to_simplified

_HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_said_in_each_language(reason: Reason) -> None:
    said = {language: decline_words(reason, language, "包头", "鄂尔多斯市") for language in Language}
    assert len(set(said.values())) == 3
    assert to_simplified(said[Language.ZH_HANT]) == said[Language.ZH]
    assert not any("{" in words for words in said.values())
    assert re.search(r"[a-z]{3}", said[Language.EN])


@pytest.mark.parametrize("key", sorted(wording._PHRASES))  # pyright: ignore[reportPrivateUsage]
def test_every_phrase_is_said_in_each_language(key: str) -> None:
    chinese, english = phrase(key, Language.ZH), phrase(key, Language.EN)
    assert _HAN.search(chinese)
    assert re.search(r"[a-z]{3}", english)
    assert to_simplified(phrase(key, Language.ZH_HANT)) == chinese
    assert chinese.count("{}") == english.count("{}")


def test_a_decline_names_the_place_and_what_is_covered() -> None:
    said = decline_words(Reason.OTHER_PLACE, Language.ZH, "包头", "内蒙古自治区、鄂尔多斯市")
    assert said == "汇编里没有包头的规定，只收录内蒙古自治区、鄂尔多斯市的政策。"


@pytest.mark.parametrize(
    ("level", "language", "words"),
    [
        ("旗", Language.EN, "Banner"),
        ("国家", Language.ZH_HANT, "國家"),
        ("自治区", Language.ZH, "自治区"),
        ("园区", Language.EN, "Park"),
        ("试点", Language.EN, "试点"),  # a level of the compiler's own stays as printed
    ],
)
def test_levels(level: str, language: Language, words: str) -> None:
    assert level_words(level, language) == words
