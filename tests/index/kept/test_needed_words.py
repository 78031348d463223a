"""What a pattern needs is in all it finds; what cannot be told is not guessed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kept.needed_words import words_needed


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("国家标准|国标", {"国家标准", "国标"}),
        ("(?:农业保险|农险)", {"农业保险", "农险"}),
        ("环境?保护?税", {"环境保护税", "环境保税", "环保护税", "环保税"}),
        ("甲|乙", None),
        ("中小企业(?!园)", {"中小企业"}),
        ("高新技术(?:企业|园区)?", {"高新技术", "高新技术企业", "高新技术园区"}),
        ("[市县]外的", {"市外的", "县外的"}),
        ("中小企业(?!园)区", {"中小企业区"}),
        ("第[一二]批.*示范区", {"示范区"}),
        ("(?:专精特新){1,2}", {"专精特新"}),
        ("(?:专精特新)*", None),
        ("(?i:abc)研发", {"研发"}),
        ("(?<=小)巨人企业", {"巨人企业"}),
    ],
)
def test_the_words_of_a_pattern(pattern: str, words: set[str] | None) -> None:
    found = words_needed(re.compile(pattern))
    assert (found if found is None else set(found)) == words


def test_letters_that_come_in_both_cases_are_no_word() -> None:
    assert words_needed(re.compile("teacher|教师资格", re.IGNORECASE)) is None
    assert words_needed(re.compile("教师资格A", re.IGNORECASE)) == {"教师资格"}


_PARTS = st.recursive(
    st.text("甲乙丙", min_size=1, max_size=3),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda many: f"(?:{'|'.join(many)})"),
        st.lists(inner, min_size=2, max_size=3).map("".join),
        inner.map(lambda one: f"(?:{one})?"),
        inner.map(lambda one: f"(?:{one})+"),
        inner.map(lambda one: f"({one})[甲丙]"),
    ),
    max_leaves=6,
)


@given(_PARTS, st.text("甲乙丙", max_size=30))
def test_whatever_is_found_holds_one_of_them(pattern: str, text: str) -> None:
    words = words_needed(re.compile(pattern))
    found = re.search(pattern, text)
    if words is not None and found:
        assert any(word in found[0] for word in words)
