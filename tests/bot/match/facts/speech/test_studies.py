from __future__ import annotations

import pytest

from bot.match.facts.profile_text import prepared
from bot.match.facts.reading import Reading
from bot.match.facts.speech.studies import is_under_way
from bot.match.facts.words import Found
from tests.bot.match.facts.conftest import AS_OF


@pytest.mark.parametrize(
    ("profile", "word", "goes_on"),
    [("我读硕士二年级", "读硕士", True), ("我2015年读硕士", "读硕士", False), ("我读硕士毕业了", "读硕士", False)],
)
def test_whether_studies_go_on(profile: str, word: str, goes_on: bool) -> None:
    text = prepared(profile, AS_OF)
    start = text.text.index(word)
    reading = Reading(text, frozenset({"person"}), AS_OF)
    assert is_under_way(reading, text.clauses[0], Found(("在读",), start, start + len(word))) is goes_on
