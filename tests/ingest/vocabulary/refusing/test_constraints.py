"""The words of constraints: a family covers only its members, and an attribute is told from what sounds alike."""

from __future__ import annotations

import re

import pytest

from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either


@pytest.mark.parametrize("family", constraint_words().families)
def test_what_a_family_covers_are_members_of_it(family: str) -> None:
    words = constraint_words().families[family]
    assert words.covers.keys() <= words.members.keys()


@pytest.mark.parametrize(
    ("attribute", "asked", "other"),
    [
        ("materials", "申请要交哪些材料", "先进碳材料企业电价多少"),
        ("window", "几月份开始申报", "满几年可以申请"),
        ("interest_rate", "贷款利率是多少", "人才企业贷款贴多少利息"),
        ("quota", "一年评几个人", "每人给多少"),
    ],
)
def test_an_attribute_is_told_from_what_sounds_alike(attribute: str, asked: str, other: str) -> None:
    pattern = re.compile(either(constraint_words().attributes[attribute].asked))
    assert pattern.search(asked)
    assert not pattern.search(other)
