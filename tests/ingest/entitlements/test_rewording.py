"""Records whose words changed: quotes, figures and terms as they stand now; left to a person where more changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus
from ingest.entitlements.rewording import Reworded, reworded
from ingest.entitlements.types import AllOf, AmountRow, Entitlement, ReadableCondition, Recipient, Term, TextCondition
from ingest.entitlements.wording import Wording

TITLE = "青川区人才若干措施"
TEXT = f"""{TITLE}

第一章 引才

第一条 对全职引进的顶尖人才（A类）给予不低于400万元安家补贴，对领军人才（B类）给予不低于300万元安家补贴。

第二条 对年销售收入达到3000万元的企业，最高给予20万元奖励。

第三条 本政策自发布之日起试行，试行期三年。
"""
SPAN = "对全职引进的顶尖人才（A类）给予不低于300万元安家补贴"
RECORD = Entitlement(
    id="k1",
    document=TITLE,
    title="顶尖人才安家补贴（300万元）",
    kind="补贴",
    spans=(SPAN,),
    recipient=Recipient("person", "全职引进的顶尖人才（A类）"),
    conditions=AllOf((ReadableCondition("顶尖人才（A类）", "talent_class", "in", ("A",)),)),
    amounts=(AmountRow("安家补贴", "300万元", "floor", "给予不低于300万元安家补贴"),),
)


@pytest.fixture
def wording(tmp_path: Path) -> Wording:
    (tmp_path / "措施.txt").write_text(TEXT, "utf-8")
    corpus = load_corpus(tmp_path)
    return Wording(corpus.documents, corpus.clauses)


def taken(record: Entitlement, wording: Wording) -> Reworded:
    found = reworded(record, wording)
    assert found is not None
    return found


def test_a_changed_figure_is_that_of_the_same_words(wording: Wording) -> None:
    """300万元 still stands in the text, of another class."""
    found = taken(RECORD, wording)
    now = SPAN.replace("300", "400")
    assert found.changed == ((SPAN, now),)
    record = found.item.record
    assert (record.spans, record.title) == ((now,), "顶尖人才安家补贴（400万元）")
    (row,) = record.amounts
    assert (row.figure, row.span, row.bound) == ("400万元", "给予不低于400万元安家补贴", "floor")
    assert (record.recipient, record.conditions) == (RECORD.recipient, RECORD.conditions)


def test_a_term_and_a_heading_that_changed_leave_the_rest(wording: Wording) -> None:
    span = "对领军人才（B类）给予不低于300万元安家补贴"
    term = Term("本政策自发布之日起试行，试行期一年")
    record = replace(RECORD, spans=(span,), validity=term, under=("第一章 引进人才",), recipient=Recipient("person"))
    record = replace(record, conditions=AllOf(), amounts=())
    found = taken(record, wording)
    assert found.item.record.validity == Term("本政策自发布之日起试行，试行期三年")
    assert found.item.record.spans == (span,)
    assert [before for before, _ in found.changed] == [term.span, "第一章 引进人才"]
    assert found.changed[1][1] == "第一章 引才"


@pytest.mark.parametrize(
    "changes",
    [
        {"spans": ("对入选航天计划的团队一次性给予奖励",)},  # stands nowhere
        {"conditions": ReadableCondition("年销售收入达到2000万元", "revenue", "at_least", (), (Decimal(2000),))},
        {"conditions": TextCondition("年销售收入达到2000万元", "收入要求")},
        {"amounts": (AmountRow("奖励", "20万元", "fixed", "一次性给予20万元奖励"),)},  # 最高 was not printed
        {"validity": Term("本政策自发布之日起试行，试行期一年", since=date(2025, 1, 1))},
    ],
)
def test_what_a_person_has_to_judge_is_left(wording: Wording, changes: dict[str, object]) -> None:
    record = replace(RECORD, **changes)  # pyright: ignore[reportArgumentType]
    assert reworded(record, wording) is None


def test_what_another_record_says_already_is_not_taken_twice(wording: Wording) -> None:
    other = replace(RECORD, id="k2", title="顶尖人才安家补贴（400万元）", spans=(SPAN.replace("300", "400"),))
    assert reworded(RECORD, wording, [RECORD, other]) is None
