"""What a filter leaves out of the compendium, whatever is asked."""

from __future__ import annotations

from datetime import date

import pytest

from index.search.search import search
from index.store.store import ClauseIndex
from index.types import Filters, Query
from ingest.types import Standing

QUESTIONS = [
    "人才安家补贴多少",
    "失业保险费率",
    "病残津贴办法第十条",
    "tax rate of encouraged industries",
    "市30条第20条",
]
MANY = 2000  # more than there are clauses
ENDS_2025 = {"ca98759a-1", "2c266a95-6-2"}  # 失业保险总费率 1%, 小微企业地方分享部分: both to 2025-12-31
ENDS_2024 = {"ca98759a-2"}  # 稳岗返还: to 2024-12-31


def found(clause_index: ClauseIndex, question: str, filters: Filters) -> list[str]:
    return [hit.clause.id for hit in search(clause_index, Query.of(question, filters), MANY)]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("level", ["国家", "自治区", "市", "旗"])
def test_only_this_level(compendium_index: ClauseIndex, question: str, level: str) -> None:
    hits = search(compendium_index, Query.of(question, Filters(levels=frozenset({level}))))
    assert len(hits) == 10
    assert {hit.clause.level for hit in hits} == {level}


def test_two_levels_are_either(compendium_index: ClauseIndex) -> None:
    hits = search(compendium_index, Query.of("人才补贴", Filters(levels=frozenset({"市", "旗"}))), 50)
    assert {hit.clause.level for hit in hits} == {"市", "旗"}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("document", ["7aaba078", "34f482c7", "d20cccf6"])
def test_only_this_document(compendium_index: ClauseIndex, question: str, document: str) -> None:
    identifiers = found(compendium_index, question, Filters(documents=frozenset({document})))
    assert identifiers
    assert {identifier.split("-")[0] for identifier in identifiers} == {document}


def test_a_filter_keeps_the_order_of_what_it_lets_through(compendium_index: ClauseIndex) -> None:
    city = Filters(levels=frozenset({"市"}))
    open_to_all = Filters(levels=frozenset({"国家", "自治区", "市", "旗"}))
    of_city = set(found(compendium_index, "人才安家补贴多少", city))
    among_all = [i for i in found(compendium_index, "人才安家补贴多少", open_to_all) if i in of_city]
    assert found(compendium_index, "人才安家补贴多少", city)[:10] == among_all[:10]


@pytest.mark.parametrize(
    ("day", "left_out"),
    [
        (date(2024, 6, 1), set[str]()),
        (date(2024, 12, 31), set[str]()),
        (date(2025, 1, 1), ENDS_2024),
        (date(2025, 12, 31), ENDS_2024),
        (date(2026, 1, 1), ENDS_2024 | ENDS_2025),
    ],
)
def test_what_is_over_is_left_out(compendium_index: ClauseIndex, day: date, left_out: set[str]) -> None:
    there = set(found(compendium_index, "失业保险费率 稳岗返还 小微企业地方分享部分", Filters(in_force_on=day)))
    assert (ENDS_2024 | ENDS_2025) - there == left_out


def test_nothing_over_on_the_day_of_asking_is_found(compendium_index: ClauseIndex) -> None:
    day = date(2026, 11, 22)
    hits = search(compendium_index, Query.of("政策 补贴 企业", Filters(in_force_on=day)), MANY)
    assert hits
    assert not [hit.clause.id for hit in hits if hit.clause.validity.standing(day) is Standing.EXPIRED]


def test_filters_add_up(compendium_index: ClauseIndex) -> None:
    both = Filters(levels=frozenset({"国家"}), documents=frozenset({"ca98759a"}), in_force_on=date(2026, 11, 22))
    assert set(found(compendium_index, "失业保险", both)) & (ENDS_2024 | ENDS_2025) == set()
    assert (
        found(compendium_index, "失业保险", Filters(levels=frozenset({"市"}), documents=frozenset({"ca98759a"}))) == []
    )
