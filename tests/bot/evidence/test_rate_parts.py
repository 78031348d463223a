"""Of a printed rate only what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.compose.draft import Draft
from bot.understand.reading import Reading
from ingest.types import Clause, Corpus

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]

LOW, HIGH = "小于1KV：0.504元/度；1-10KV：0.477元/度", "110KV：0.401元/度；220千伏以上：0.394元/度"
PARKS = "基准价格：蒙苏经济技术开发区6.53万元/亩；空港物流园区8.27万元/亩"


@pytest.fixture
def rates_of(answer_from: AnswerFrom, clause_with: ClauseWith) -> Callable[..., str]:
    """The body of an answer from the rows that hold these words."""

    def say(*turns: str, rows: Sequence[str] = (LOW, HIGH)) -> str:
        _, draft = answer_from(turns, [clause_with(row) for row in rows])
        return " ".join(sentence.text for sentence in draft.sentences)

    return say


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (("工业用电110千伏多少钱一度？",), ["0.401"], ["0.394", "0.477", "0.504"]),
        (("工业用电110千伏和220千伏各多少钱？",), ["0.401", "0.394"], ["0.477", "0.504"]),
        (("10kV的工业用电多少钱？",), ["0.477"], ["0.504", "0.401", "0.394"]),
        (("工业用电110千伏的多少钱一度？", "220的呢？"), ["0.394"], ["0.401", "0.477"]),
        (("工业用电多少钱一度？",), ["0.504", "0.477", "0.401", "0.394"], []),
        (("工业用电35千伏多少钱一度？",), ["0.504", "0.477", "0.401", "0.394"], []),  # not printed: all are shown
        (("工业用电多少钱一度，一年110万度？",), ["0.504", "0.477", "0.401", "0.394"], []),  # no voltage
        (("What is the industrial tariff at 220 kV?",), ["0.394"], ["0.401", "0.504"]),
    ],
)
def test_the_voltage_that_is_asked_for(
    turns: tuple[str, ...], said: list[str], unsaid: list[str], rates_of: Callable[..., str]
) -> None:
    body = rates_of(*turns)
    assert [price for price in said if price not in body] == []
    assert [price for price in unsaid if price in body] == []


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("空港的工业用地基准价多少一亩？", "基准价格：空港物流园区8.27万元/亩；"),
        ("蒙苏的工业用地基准价多少一亩？", "基准价格：蒙苏经济技术开发区6.53万元/亩；"),
        ("工业用地基准价多少一亩？", f"{PARKS}；"),
    ],
)
def test_the_park_that_is_asked_for_with_the_heading_of_the_row(
    question: str, body: str, rates_of: Callable[..., str]
) -> None:
    assert rates_of(question, rows=[PARKS]).endswith(f"〕{body}")


def test_steps_behind_one_voltage_stay_together(rates_of: Callable[..., str]) -> None:
    rows = ["不满1KV：一档0.415元", "1-10KV：一档0.405元"]
    body = rates_of("居民用电不满1千伏，第三档多少钱一度？", rows=rows)
    assert "一档0.415元；二档0.465元；三档0.715元" in body


def test_what_is_said_of_a_part_is_quoted_and_checked_as_that_part(
    answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus
) -> None:
    _, draft = answer_from(["空港的工业用地基准价多少一亩？"], [clause_with(PARKS)])
    (citation,) = draft.citations()
    assert [quote.of(citation.clause.text) for quote in citation.quotes] == ["空港物流园区8.27万元/亩"]
    assert {figure.text for figure in draft.sentences[0].figures} == {"8.27万元/亩"}
