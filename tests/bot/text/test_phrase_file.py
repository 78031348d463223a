"""Every phrase has both languages, and the blanks of one are those of the other."""

from __future__ import annotations

from string import Formatter

from bot.text.phrase_file import phrases
from bot.types import Language


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_fill_the_same_blanks() -> None:
    assert len(phrases()) > 20
    for key, say in phrases().items():
        chinese, english = say.to(Language.ZH), say.to(Language.EN)
        assert chinese, key
        assert english, key
        assert _blanks(chinese) == _blanks(english), key
