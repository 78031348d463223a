"""The words of grants are whole, speak only of what records may hold, and change no corpus."""

import shutil
from pathlib import Path

import pytest

from ingest.errors import VocabularyUnusable
from ingest.vocabulary import load
from ingest.vocabulary.grants import GrantWords, grant_words
from ingest.vocabulary.load import FOLDER, digest, parse


def test_every_recipient_has_words() -> None:
    words = grant_words()
    assert {"person", "employer", "company", "intermediary", "park"} <= words.recipients.keys()
    assert all(words.recipients.values())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            '"奖励" = ["奖励", "奖补"',
            '"红包" = ["奖励", "奖补"',
            "kinds names 红包, which entitlements.toml does not have",
        ),
        ("park = [", "garden = [", "recipients names garden"),
        ("rd_share = [", "rd_ratio = [", "conditions.figures names rd_ratio"),
    ],
)
def test_a_word_for_what_no_record_may_hold_is_refused(old: str, new: str, words: str) -> None:
    raw = (FOLDER / "grants.toml").read_text("utf-8")
    assert old in raw
    with pytest.raises(VocabularyUnusable, match=words):
        parse(raw.replace(old, new).encode(), "grants.toml", GrantWords)


@pytest.mark.parametrize(
    ("name", "rebuilds"), [("grants.toml", False), ("entitlements.toml", False), ("places.toml", True)]
)
def test_only_words_that_cut_texts_make_an_index_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rebuilds: bool
) -> None:
    before = digest()
    for file in Path(load.__file__).parent.glob("*.toml"):
        shutil.copy(file, tmp_path)
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write("# one more word\n")
    monkeypatch.setattr(load, "FOLDER", tmp_path)
    digest.cache_clear()
    try:
        assert (digest() != before) is rebuilds
    finally:
        digest.cache_clear()
