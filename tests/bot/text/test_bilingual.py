"""Words of our own in the three languages of a question."""

from __future__ import annotations

from bot.text.bilingual import Say, in_language
from bot.types import Language


def test_one_thing_is_said_in_each_language() -> None:
    words = Say("由税务总局负责。", "The tax administration is in charge.")
    assert [words.to(language) for language in (Language.ZH, Language.ZH_HANT, Language.EN)] == [
        "由税务总局负责。",
        "由稅務總局負責。",
        "The tax administration is in charge.",
    ]


def test_the_script_is_that_of_the_question() -> None:
    assert in_language("税务总局", Language.ZH_HANT) == "稅務總局"
    assert in_language("税务总局", Language.ZH) == in_language("税务总局", Language.EN) == "税务总局"
