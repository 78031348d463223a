from __future__ import annotations

import re

import pytest

from ingest.errors import VocabularyUnusable
from ingest.vocabulary.load import FOLDER, parse
from ingest.vocabulary.matching.asker_speech import AskerSpeech, asker_speech


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'platform = ["孵化器"',
            'kingdom = ["孵化器"',
            "kinds_of_asker names kingdom, which entitlements.toml does not have",
        ),
        ("rd_growth = {", "mood_growth = {", "figures names mood_growth, which entitlements.toml does not have"),
        ('unit = "volts"', 'unit = "watts"', "figures uses the unit watts, which [units] does not have"),
    ],
)
def test_a_word_that_nothing_knows_is_named(old: str, new: str, fault: str) -> None:
    raw = (FOLDER / "asker_speech.toml").read_text("utf-8").replace(old, new, 1)
    with pytest.raises(VocabularyUnusable, match=re.escape(fault)):
        parse(raw.encode(), "asker_speech.toml", AskerSpeech)


def test_every_contradiction_has_the_same_blanks_in_both_languages() -> None:
    for chinese, english in asker_speech().contradictions.values():
        assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", english))
