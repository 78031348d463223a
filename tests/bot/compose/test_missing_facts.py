"""What is asked for and not printed is said to be not printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.compose.draft import Draft
from bot.understand.reading import Reading
from ingest.types import Clause

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]

NO_AMOUNT = "未找到写明数额的规定，最接近的是以下条款。"
NO_OFFICE = "所引条文没有写明责任单位。"
NO_TERM = "汇编没有印出它的施行日期或有效期，请向责任单位核实。"
NO_STEPS = "所引条文没有写明办理程序和材料，请向责任单位咨询。"
OURS = {NO_AMOUNT, NO_OFFICE, NO_TERM, NO_STEPS}


@pytest.mark.parametrize(
    ("question", "words", "ours"),
    [
        ("人才公寓的物业费一个月交多少钱", "可申请入住人才公寓", {NO_AMOUNT}),
        ("评上瞪羚企业奖多少", "瞪羚企业梯次培育体系", {NO_AMOUNT}),
        ("首次获批高企奖多少", "对首次获批国家高新技术企业的区内企业", set[str]()),
        # nothing to pay is an amount too
        ("利润再投资预提所得税收多少", "暂不征收预提所得税", set[str]()),
        ("海外仓建设归哪个部门管", "鼓励跨境电商企业在境外建设公共海外仓", set[str]()),  # its heading names them
        ("鼓励类产业企业由哪个部门认定", "本条所称鼓励类产业企业是指", {NO_OFFICE}),
        ("鼓励类产业目录由谁牵头制定", "《西部地区鼓励类产业目录》由发展改革委牵头制定", set[str]()),
        ("科技型中小企业奖补怎么申请", "对再次获批或整体迁入伊金霍洛旗", {NO_STEPS}),
        ("工业用地价格还有效吗", "参考价格：20-25", {NO_TERM}),
        ("西部大开发税率到哪年截止", "减按15%的税率", set[str]()),
        ("工业用地怎么申请", "参考价格：20-25", {NO_STEPS}),
        ("病残津贴怎么申请", "申请领取病残津贴人员应持有", set[str]()),
    ],
)
def test_what_the_clause_does_not_say(
    question: str, words: str, ours: set[str], answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    _, draft = answer_from([question], [clause_with(words)])
    assert {sentence.text for sentence in draft.sentences} & OURS == ours


def test_an_answer_without_the_amount_asked_for_is_short(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    clauses = [clause_with("可申请入住人才公寓"), clause_with("瞪羚企业梯次培育体系")]
    _, draft = answer_from(["人才公寓的物业费一个月交多少钱"], clauses)
    assert draft.sentences[0].text == NO_AMOUNT
    assert len(draft.sentences) <= 3
