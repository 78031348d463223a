from __future__ import annotations

import pytest

from ingest.errors import VocabularyUnusable
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.load import CUT_NOTHING, FOLDER, parse
from ingest.vocabulary.matching.asker_facts import AskerFactWords, asker_fact_words


def test_every_table_is_an_attribute_of_records() -> None:
    assert set(asker_fact_words().attributes) <= entitlement_words().attributes.keys()


def test_a_word_holds_with_all_that_is_wider() -> None:
    assert asker_fact_words().widened("单晶硅") == ("单晶硅", "光伏", "新能源", "制造业", "风光氢储车")
    assert asker_fact_words().widened("副主任医师") == ("副主任医师", "副高级")


def test_what_is_wider_never_leads_back_to_the_word() -> None:
    words = asker_fact_words()
    known_pairs = {frozenset({"全职引进", "刚性引进"})}  # two names of one thing
    circles = {
        frozenset({name, wider})
        for name in words.wider
        for wider in words.widened(name)[1:]
        if name in words.widened(wider)
    }
    assert circles == known_pairs


def test_these_words_rebuild_no_index() -> None:
    assert {"asker_facts.toml", "asker_speech.toml"} <= CUT_NOTHING


def test_an_unknown_table_is_named() -> None:
    raw = (FOLDER / "asker_facts.toml").read_bytes() + b"\n[hobbies]\n"
    with pytest.raises(VocabularyUnusable, match="hobbies"):
        parse(raw, "asker_facts.toml", AskerFactWords)
