"""One word on an answer: right, wrong, or nobody knows."""

from __future__ import annotations

import pytest

from eval.cases.cases import Case
from eval.scoring.results import Given
from eval.scoring.rightness import is_right


def given(body: str, *, declined: bool = False) -> Given:
    return Given(declined, "not_stated" if declined else None, body, (), (), (), 1.0)


REWARD = Case("R1", ("高企首次认定奖励多少？",), answer=(("30万元", "三十万元"),), must_not=("50万元",))
DECLINE = Case("D1", ("写一首诗",), kind="unanswerable:off-topic")


@pytest.mark.parametrize(
    ("case", "answer", "expected"),
    [
        (REWARD, given("给予30万元奖励。"), True),
        (REWARD, given("给予20万元奖励。"), False),
        (REWARD, given("给予30万元奖励，原为50万元。"), False),
        (REWARD, given("没有规定。", declined=True), False),
        (REWARD, None, False),
        (DECLINE, given("不在范围内。", declined=True), True),
        (DECLINE, given("春眠不觉晓。"), False),
        (Case("Q1", ("高企奖励多少？",)), given("给予30万元奖励。"), None),
    ],
)
def test_every_point_and_nothing_forbidden_is_right(case: Case, answer: Given | None, expected: bool | None) -> None:
    assert is_right(case, answer) is expected
