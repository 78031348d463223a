"""What a policy granted whose place another took: the same words, other figures, and what the later one left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus
from ingest.entitlements.succeeding import inherited, not_taken_over
from ingest.entitlements.types import AmountRow, Entitlement, Recipient, Review
from ingest.types import Corpus

OVER, LATER = "青川区科技企业培育办法", "青川区科技企业提质办法"
FIRST = "对首次认定的高新技术企业给予20万元奖励"
SECOND = "对新建的院士工作站给予50万元补助"
THIRD = "对租用孵化器的企业给予每平方米30元补贴"
REVIEW = Review("李工", date(2026, 1, 2))


def record(identifier: str, span: str, figure: str, title: str = OVER) -> Entitlement:
    row = AmountRow("", figure, "fixed", span)
    return Entitlement(
        identifier,
        title,
        f"事项{identifier}（{figure}）",
        "奖励",
        (span,),
        Recipient("company"),
        amounts=(row,),
        review=REVIEW,
    )


RECORDS = (record("k1", FIRST, "20万元"), record("k2", SECOND, "50万元"), record("k3", THIRD, "30元"))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """The later policy raises the second figure and drops the third grant."""
    (tmp_path / "a.txt").write_text(
        f"{OVER}\n第一条 {FIRST}。\n第二条 {SECOND}。\n第三条 {THIRD}。\n第四条 本办法自2024年1月1日起施行。\n", "utf-8"
    )
    (tmp_path / "b.txt").write_text(
        f"{LATER}\n第一条 {FIRST}。\n第二条 {SECOND.replace('50', '80')}。\n"
        f"第三条 本办法自2026年1月1日起施行，《{OVER}》同时废止。\n",
        "utf-8",
    )
    return load_corpus(tmp_path)


def test_what_both_grant_is_offered_in_the_words_of_the_later_one(corpus: Corpus) -> None:
    first, second = inherited(RECORDS, corpus)
    assert (first.record.key, first.found.item.record.key) == (f"{OVER}:k1", f"{LATER}:k1")
    assert first.found.item.record.spans == (FIRST,)
    assert second.found.item.record.amounts[0].figure == "80万元"
    assert ("50万元" in dict(second.found.changed)) or any("50" in was for was, _ in second.found.changed)


def test_what_was_taken_over_is_not_offered_again(corpus: Corpus) -> None:
    (first, second) = (one.found.item.record for one in inherited(RECORDS, corpus))
    assert list(inherited((*RECORDS, first, second), corpus)) == []
    assert set(not_taken_over(RECORDS, corpus)) == {one.key for one in RECORDS}
    left = not_taken_over((*RECORDS, first, second), corpus)
    assert {key: document.title for key, document in left.items()} == {f"{OVER}:k3": LATER}


def test_an_id_that_is_taken_there_becomes_another(corpus: Corpus) -> None:
    other = record("k1", SECOND.replace("50", "80"), "80万元", LATER)
    (first,) = (one for one in inherited((*RECORDS, other), corpus) if one.record.id == "k1")
    assert first.found.item.record.key == f"{LATER}:k1-"


def test_what_nobody_accepted_is_not_taken_over(corpus: Corpus) -> None:
    waiting = [replace(one, review=Review(proposed_by="rules")) for one in RECORDS]
    assert list(inherited(waiting, corpus)) == []
    assert not_taken_over(waiting, corpus) == {}


def test_a_policy_that_is_gone_is_known_by_what_the_later_one_repeals(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "a.txt").unlink()
    alone = load_corpus(tmp_path)
    assert [one.found.item.record.id for one in inherited(RECORDS, alone)] == ["k1", "k2"]


def test_nothing_is_inherited_where_no_policy_is_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{OVER}\n第一条 {FIRST}。\n第二条 {SECOND}。\n第三条 {THIRD}。\n", "utf-8")
    alone = load_corpus(tmp_path)
    assert list(inherited(RECORDS, alone)) == []
    assert not_taken_over(RECORDS, alone) == {}
