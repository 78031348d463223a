"""The vocabulary of records is whole, and a wrong file of it is refused."""

import pytest

from ingest.errors import VocabularyUnusable
from ingest.vocabulary.entitlements import EntitlementWords, entitlement_words
from ingest.vocabulary.load import FOLDER, parse


def test_every_attribute_says_what_it_takes_and_has_two_labels() -> None:
    words = entitlement_words()
    assert {"rd_share", "talent_class", "recognition.level", "insured_months", "not_in"} <= words.attributes.keys()
    assert words.operators_of(words.attributes["degree"]) == ("is", "in", "at_least")
    assert words.attributes["degree"].ladder[-1] == "博士"
    assert "between" in words.operators_of(words.attributes["age"])
    assert all(all(label) for table in (words.kinds, words.recipients, words.bounds) for label in table.values())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('takes = "steps"', 'takes = "words"', "an attribute has a ladder exactly when it takes steps"),
        ('takes = "number"', 'takes = "figure"', "attributes.investment.takes"),
        ("[bounds]", "[limits]", "bounds: Field required"),
    ],
)
def test_a_wrong_file_is_named_with_the_key(old: str, new: str, words: str) -> None:
    raw = (FOLDER / "entitlements.toml").read_text("utf-8").replace(old, new)
    with pytest.raises(VocabularyUnusable, match=words):
        parse(raw.encode(), "entitlements.toml", EntitlementWords)
