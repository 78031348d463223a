"""The character map as ``tokenizers`` reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers.normalizers import Precompiled

from index.embedding.charsmap import precompile


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("３００万元", "300万元"),  # full-width digits
        ("㎡", "m2"),  # one character becomes two
        ("a\x02b", "ab"),  # removed
        ("第\t一条", "第 一条"),  # one byte of UTF-8
        ("𝐀类", "A类"),  # four bytes
        ("企业", "企业"),  # not in the map
        ("", ""),
    ],
)
def test_characters_are_replaced(text: str, normalised: str) -> None:
    replacements = {"３": "3", "０": "0", "㎡": "m2", "\x02": "", "\t": " ", "𝐀": "A"}
    assert Precompiled(precompile(replacements)).normalize_str(text) == normalised


# Above U+3000 and outside marks, every character is a grapheme of its own, which the map is looked up by.
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@given(st.dictionaries(HAN, st.text(HAN, max_size=3), min_size=1, max_size=60), st.text(HAN, max_size=20))
def test_any_map_does_what_it_says(replacements: dict[str, str], text: str) -> None:
    text = "起" + text + "".join(replacements)  # `Precompiled` keeps a first character that the map removes
    replacements.pop("起", None)
    if replacements:
        expected = "".join(replacements.get(character, character) for character in text)
        assert Precompiled(precompile(replacements)).normalize_str(text) == expected


@pytest.mark.parametrize(("key", "value"), [("ab", "c"), ("", "c"), ("\0", "c"), ("a", "b\0")])
def test_what_the_form_cannot_hold_is_refused(key: str, value: str) -> None:
    with pytest.raises(ValueError, match="character map"):
        precompile({key: value})
