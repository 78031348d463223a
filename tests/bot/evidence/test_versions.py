"""Which documents are versions of one another, and which are left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.evidence.versions import Versions, version_name
from bot.understand.time_asked import TimeAsked, VersionAsked
from ingest.types import Corpus, PolicyDocument, Validity

DAY = TimeAsked(date(2026, 11, 22), date(2026, 11, 22))
NO_VERSION = VersionAsked()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("清江市支持制造业发展若干政策", "清江市支持制造业发展若干政策（2025年修订）", True),
        ("清江市人民政府关于印发清江市支持制造业发展若干政策的通知", "清江市支持制造业发展若干政策", True),
        ("青川区企业培育办法（2022年版）", "青川区企业培育办法（2025年版）", True),
        ("青川区企业培育暂行办法", "青川区企业培育办法", True),
        ("青川区企业培育办法", "青川区人才培育办法", False),
        ("青川区企业培育办法", "青川区企业培育办法实施细则", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert (version_name(one) == version_name(other)) is same


def family(corpus: Corpus, *validities: Validity) -> tuple[Corpus, tuple[PolicyDocument, ...]]:
    pattern = corpus.documents[2]
    documents = tuple(
        replace(
            pattern,
            id=f"d{number}",
            title="青川区高新技术企业培育办法",
            number=f"青科发〔{year}〕1号",
            validity=validity,
        )
        for number, (year, validity) in enumerate(zip(range(2020, 2030), validities, strict=False))
    )
    return replace(corpus, documents=documents, clauses=()), documents


def test_the_version_in_force_stays_else_the_nearest_one(corpus: Corpus) -> None:
    made, _ = family(
        corpus,
        Validity(date(2020, 1, 1), date(2022, 12, 31)),
        Validity(date(2023, 1, 1)),
        Validity(date(2025, 1, 1)),
        Validity(date(2027, 1, 1)),
    )
    versions = Versions.of(made)
    assert versions.left_out("奖励多少", DAY, NO_VERSION) == {"d0", "d1", "d3"}
    then = TimeAsked(date(2021, 1, 1), date(2021, 12, 31), named=True)
    assert versions.left_out("2021年奖励多少", then, NO_VERSION) == {"d1", "d2", "d3"}
    before = TimeAsked(date(2010, 1, 1), date(2010, 12, 31), named=True)
    assert versions.left_out("2010年奖励多少", before, NO_VERSION) == {"d1", "d2", "d3"}


def test_where_all_are_over_the_last_one_stays(corpus: Corpus) -> None:
    made, _ = family(
        corpus, Validity(date(2020, 1, 1), date(2022, 12, 31)), Validity(date(2023, 1, 1), date(2024, 12, 31))
    )
    assert Versions.of(made).left_out("奖励多少", DAY, NO_VERSION) == {"d0"}


def test_a_repealed_version_never_stays_beside_one_in_force(corpus: Corpus) -> None:
    made, _ = family(corpus, Validity(date(2020, 1, 1), repealed=True), Validity(date(2025, 1, 1)))
    assert Versions.of(made).left_out("奖励多少", DAY, NO_VERSION) == {"d0"}


def test_a_document_that_is_named_outright_stays(corpus: Corpus) -> None:
    made, _ = family(corpus, Validity(date(2020, 1, 1), date(2022, 12, 31)), Validity(date(2023, 1, 1)))
    assert Versions.of(made).left_out("青科发〔2020〕1号还有效吗", DAY, NO_VERSION) == frozenset()


def test_without_days_nobody_can_tell_which_is_newer(corpus: Corpus) -> None:
    made, documents = family(corpus, Validity(), Validity())
    versions = Versions.of(replace(made, documents=tuple(replace(one, number=None) for one in documents)))
    assert versions.families == ()
    assert versions.left_out("奖励多少", DAY, NO_VERSION) == frozenset()


def test_the_compendium_has_no_versions(corpus: Corpus) -> None:
    assert Versions.of(corpus).families == ()
