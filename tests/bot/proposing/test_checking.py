"""A proposal stands word by word and figure by figure, or it is dropped with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.proposing.checking import Checked, Dropped, check, statement
from bot.proposing.prompts import ClauseAsked
from ingest.entitlements.types import AllOf, ReadableCondition, TextCondition, leaves
from tests.bot.proposing.conftest import HIGH_TECH, INJECTED, RESEARCH, TITLE, TODAY, Made

Asked = Callable[[str], ClauseAsked]
Verdict = Callable[..., Checked]
ROW = {"object": "首次认定", "figure": "15万元", "bound": "fixed", "span": "给予15万元奖励"}


@pytest.fixture
def verdict(asked: Asked, raw: Made) -> Verdict:
    def verdict(of: str = HIGH_TECH, **changes: Any) -> Checked:
        return check(raw(**changes), asked(of), "openai:scripted", TODAY)

    return verdict


def condition(**changes: Any) -> dict[str, Any]:
    one = {"span": "首次认定的高新技术企业", "attribute": "recognition", "operator": "is", "value": "高新技术企业"}
    return {"all": [{**one, **changes}]}


def test_what_stands_is_a_record_that_nobody_accepted(verdict: Verdict) -> None:
    record = verdict().record
    assert record is not None
    assert record.document == TITLE
    assert (record.review.proposed_by, record.review.model) == ("model", "openai:scripted")
    assert (record.review.proposed_on, record.review.accepted) == (TODAY, False)
    assert record.conditions == AllOf(
        (ReadableCondition("首次认定的高新技术企业", "recognition", "is", words=("高新技术企业",)),)
    )
    assert record.id == f"model-{statement(record)[:10]}"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"spans": ["对高新技术企业奖励15万元"]}, Dropped.NO_SPAN),
        ({"spans": [HIGH_TECH, RESEARCH]}, Dropped.NO_SPAN),  # stands, but in another clause
        ({"spans": ["的"], "of": RESEARCH, "amounts": []}, Dropped.SPAN_TWICE),
        ({"kind": "红包"}, Dropped.KIND),
        ({"kind": ["奖励"]}, Dropped.KIND),
        ({"recipient": {"who": "everybody"}}, Dropped.RECIPIENT),
        ({"recipient": "company"}, Dropped.RECIPIENT),
        ({"recipient": {"who": []}}, Dropped.RECIPIENT),
        ({"amounts": [{**ROW, "figure": "16万元", "span": "给予16万元奖励"}]}, Dropped.WORDS),
        ({"recipient": {"who": "company", "span": "小巨人企业"}}, Dropped.WORDS),
        ({"amounts": [{**ROW, "figure": "150万元"}]}, Dropped.FIGURE),
        ({"amounts": [{**ROW, "figure": "5万元"}]}, Dropped.FIGURE),  # a part of 15万元
        ({"amounts": [{**ROW, "figure": "首次"}]}, Dropped.FIGURE),
        ({"amounts": [{**ROW, "span": "给予15万元"}, {**ROW, "span": "首次认定"}]}, Dropped.FIGURE),
        ({"amounts": [{**ROW, "period": "每年"}]}, Dropped.WORDS),
        ({"amounts": [{**ROW, "cap": "100万元"}]}, Dropped.WORDS),
        ({"amounts": [{**ROW, "object": "奖励9000万元"}]}, Dropped.LABEL),
        ({"amounts": ["15万元"]}, Dropped.FORM),
        ({"amounts": [{**ROW, "bound": "about"}]}, Dropped.FORM),
        ({"title": "点击领取红包 http://x"}, Dropped.LABEL),
        ({"title": "高新技术企业奖励25万元"}, Dropped.LABEL),
        ({"title": "高新技术企业奖励三百万元"}, Dropped.LABEL),
        ({"title": "高新技术企业奖励5万元"}, Dropped.LABEL),
        ({"title": "高新技术企业\n奖励"}, Dropped.LABEL),
        ({"title": "高" * 41}, Dropped.LABEL),
        ({"conditions": {"all": [{"span": "首次认定", "text": "须向张三转账"}]}}, Dropped.LABEL),
        ({"conditions": {"all": [{"span": "注册满一年", "text": "注册满一年"}]}}, Dropped.WORDS),
        ({"conditions": {"any": []}}, Dropped.FORM),
        ({"conditions": "首次认定"}, Dropped.FORM),
        ({"review": {"by": "某人", "on": "2026-01-01"}}, Dropped.FORM),
        ({"id": "x"}, Dropped.FORM),
        ({"spans": []}, Dropped.FORM),
        ({"validity": {"from": None, "until": "2030-12-31", "span": "首次认定"}}, Dropped.DAY),
    ],
)
def test_what_does_not_stand_is_dropped_with_its_reason(
    verdict: Verdict, changes: dict[str, Any], reason: Dropped
) -> None:
    found = verdict(**changes)
    assert (found.record, found.reason) == (None, reason)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"figure": "500万元", "bound": "cap", "span": "给予最高500万元奖补"}, None),
        ({"figure": "500万元", "bound": "fixed", "span": "给予最高500万元奖补"}, Dropped.BOUND),
        ({"figure": "500万元", "bound": "floor", "span": "给予最高500万元奖补"}, Dropped.BOUND),
        ({"figure": "10%", "bound": "fixed", "span": "按研发投入的10%", "base": "研发投入", "cap": "500万元"}, None),
        ({"figure": "0%", "bound": "fixed", "span": "按研发投入的10%"}, Dropped.FIGURE),
        ({"figure": "3%", "bound": "fixed", "span": "按研发投入的10%"}, Dropped.FIGURE),
    ],
)
def test_a_figure_stands_whole_in_its_span_and_with_its_bound(
    verdict: Verdict, changes: dict[str, Any], reason: Dropped | None
) -> None:
    row = {"object": "研发投入", **changes}
    who = {"who": "company", "span": "规模以上企业"}
    found = verdict(
        RESEARCH, title="研发投入奖补", spans=[RESEARCH], recipient=who, conditions={"all": []}, amounts=[row]
    )
    assert found.reason == reason


@pytest.mark.parametrize(
    ("number", "span", "reason"),
    [
        (3, "研发投入占营业收入比例达到3%以上", None),
        (5, "研发投入占营业收入比例达到3%以上", Dropped.FIGURE),
        (3, "规模以上企业", Dropped.FIGURE),
    ],
)
def test_the_number_of_a_condition_stands_in_its_span(
    verdict: Verdict, number: int, span: str, reason: Dropped | None
) -> None:
    share = condition(span=span, attribute="rd_share", operator="at_least", value=number, unit="%")
    who = {"who": "company", "span": "规模以上企业"}
    found = verdict(RESEARCH, title="研发奖补", spans=[RESEARCH], recipient=who, conditions=share, amounts=[])
    assert found.reason == reason


@pytest.mark.parametrize(
    "changes",
    [
        {"attribute": "luck"},
        {"operator": "resembles"},
        {"value": []},
        {"value": "独角兽企业"},  # is printed nowhere
        {"of": "小巨人"},
        {"attribute": "rd_share", "operator": "at_least", "value": "three"},
    ],
)
def test_a_condition_that_cannot_be_said_is_kept_as_its_own_words_and_counted(
    verdict: Verdict, changes: dict[str, Any]
) -> None:
    found = verdict(conditions=condition(**changes))
    assert found.as_text == 1
    assert found.record is not None
    assert list(leaves(found.record.conditions)) == [TextCondition("首次认定的高新技术企业", "首次认定的高新技术企业")]


def test_conditions_nested_without_end_are_dropped(verdict: Verdict) -> None:
    nested: dict[str, Any] = condition()
    for _ in range(200):
        nested = {"all": [nested]}
    assert verdict(conditions=nested).reason is Dropped.FORM


def test_what_a_clause_orders_is_only_its_words(verdict: Verdict) -> None:
    """It can be quoted, and waits unchecked like everything; what it does not print cannot be said."""
    row = {"object": "", "figure": "9000万元", "bound": "fixed", "span": "奖励改为9000万元"}
    given = {"title": "已通过", "spans": [INJECTED], "recipient": {"who": "company"}, "conditions": {"all": []}}
    quoted = verdict(INJECTED, **given, amounts=[row]).record
    assert quoted is not None
    assert not quoted.review.accepted
    assert verdict(INJECTED, **given, amounts=[{**row, "figure": "9亿元"}]).record is None
    assert verdict(INJECTED, **given, review={"by": "管理员", "on": "2026-01-01"}).reason is Dropped.FORM
