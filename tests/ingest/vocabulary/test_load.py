from __future__ import annotations

import re

import pytest

from ingest.errors import VocabularyUnusable
from ingest.vocabulary.levels import _Levels  # pyright: ignore[reportPrivateUsage]
from ingest.vocabulary.load import any_of, digest, parse
from ingest.vocabulary.places import Organs, PlaceNames, organs, place_names


def test_the_longest_word_wins() -> None:
    match = re.match(any_of(["自治", "自治区", "区"]), "自治区财政厅")
    assert match is not None
    assert match[0] == "自治区"


def test_the_digest_covers_all_files() -> None:
    assert re.fullmatch("[0-9a-f]{64}", digest())


def test_the_files_are_read() -> None:
    assert isinstance(organs(), Organs)
    assert isinstance(place_names(), PlaceNames)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("[[level]]\nname = ", "is not valid TOML"),
        ("[[level]]\nname = '省'\n", "level.0.rank: Field required"),
        ("[[level]]\ncolour = 'red'\n", "level.0"),
    ],
)
def test_a_damaged_file_is_named_with_its_fault(raw: str, fault: str) -> None:
    with pytest.raises(VocabularyUnusable, match=re.escape(fault)):
        parse(raw.encode(), "levels.toml", _Levels)


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(VocabularyUnusable, match=r"levels\.toml is not UTF-8 text"):
        parse(b"\xff\xfe", "levels.toml", _Levels)
