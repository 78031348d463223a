"""An answer as other programs read it: the keys of the contract and where everything stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.output.json_form import answer_json
from bot.types import (
    Answered,
    AnswerKind,
    AnswerPart,
    AnswerSentence,
    CheckedFigure,
    Citation,
    Declined,
    DerivedFigure,
    Language,
    PartStatus,
    Question,
    Reason,
    SentenceRole,
    Table,
    TableCell,
)  # fmt: skip
from index.spelling.types import Correction
from ingest.types import Clause, Span

ClauseWith = Callable[[str], Clause]
KEYS = {
    "status", "reason", "kind", "answer", "parts", "questions", "sentences", "citations", "tables", "notices", "service", "standalone", "read_as", "language",
    "as_of", "took_ms",
}  # fmt: skip
QUESTION = Question(("供水", "工商业用水多少钱一吨"), date(2026, 11, 22))


def answered(clause: Clause) -> Answered:
    price = CheckedFigure("10.4元/吨", clause.id, clause.in_source(Span(8, 15)))
    estimate = AnswerSentence(
        "推算：5000吨×10.4元/吨=5.2万元。", (1,), (price,), DerivedFigure("5.2万元", "5000吨", price)
    )
    return Answered(
        QUESTION, Language.ZH, (AnswerSentence("工商业用水：10.4元/吨", (1,), (price,)), estimate),
        (Citation(1, clause, "伊金霍洛旗基本情况", (Span(2, 15), Span(16, 20)), "answer"),), ("推算仅供参考。",),
        "供水 → 工商业用水多少钱一吨", 12.5,
        (Table("水价", ("用途", "价格"), ((TableCell("工商业"), TableCell("10.4元/吨", (1,), (price,))),)),),
        (Correction("工商叶", "工商业"),),
    )  # fmt: skip


def test_an_answer(clause_with: ClauseWith) -> None:
    clause = clause_with("工商业用水：10.4")
    form = answer_json(answered(clause))
    assert form.keys() == KEYS
    assert json.loads(json.dumps(form, ensure_ascii=False)) == form
    plain = {key: form[key] for key in KEYS - {"sentences", "citations", "tables"}}
    assert plain == {
        "status": "answered",
        "reason": None,
        "kind": "answer",
        "parts": [],
        "questions": [],
        "answer": "工商业用水：10.4元/吨[1]推算：5000吨×10.4元/吨=5.2万元。[1]",
        "notices": ["推算仅供参考。"],
        "service": [],
        "standalone": "供水 → 工商业用水多少钱一吨",
        "read_as": [{"typed": "工商叶", "read": "工商业"}],
        "language": "zh",
        "as_of": "2026-11-22",
        "took_ms": 12.5,
    }


def test_its_sentences_and_tables_say_where_each_figure_stands(clause_with: ClauseWith) -> None:
    clause = clause_with("工商业用水：10.4")
    form = answer_json(answered(clause))
    place = clause.in_source(Span(8, 15))  # longer than here: the source has a blank in it
    price = {"text": "10.4元/吨", "clause_id": clause.id, "start": place.start, "end": place.end}
    assert form["sentences"] == [
        {"text": "工商业用水：10.4元/吨", "role": "quote", "citations": [1], "figures": [price]},
        {
            "text": "推算：5000吨×10.4元/吨=5.2万元。",
            "role": "quote",
            "citations": [1],
            "figures": [price],
            "derived": {"text": "5.2万元", "quantity": "5000吨", "unit_price": price},
        },
    ]
    cells = [
        {"text": "工商业", "citations": [], "figures": []},
        {"text": "10.4元/吨", "citations": [1], "figures": [price]},
    ]
    assert form["tables"] == [{"caption": "水价", "columns": ["用途", "价格"], "rows": [cells]}]


def test_a_citation_opens_its_clause(clause_with: ClauseWith) -> None:
    clause = replace(clause_with("工商业用水：10.4"), departments=("旗发改委",))
    form = answer_json(answered(clause))
    assert form["citations"] == [
        {
            "n": 1,
            "clause_id": clause.id,
            "document": "伊金霍洛旗基本情况",
            "address": "（二）4.——工商业用水",
            "page": 5,
            "quotes": ["工商业用水：10.4元/吨", "含代收污"],
            "quote_pages": [5, 5],
            "text": clause.text,
            "level": "旗",
            "path": list(clause.path),
            "validity": "unstated",
            "departments": ["旗发改委"],
            "why": "answer",
            "start": clause.span.start,
            "end": clause.span.end,
        }
    ]


def test_the_standing_is_that_of_the_day_of_asking(clause_with: ClauseWith) -> None:
    clause = clause_with("阶段性降低失业保险费率至1%")
    of_day = {}
    for day in (date(2025, 3, 1), date(2026, 11, 22)):
        answer = replace(
            answered(clause),
            question=Question(("费率",), day),
            citations=(Citation(1, clause, "通知", (), "answer"),),
        )
        (citation,) = answer_json(answer)["citations"]  # pyright: ignore[reportGeneralTypeIssues]
        of_day[day.year] = citation["validity"]
    assert of_day == {2025: "current", 2026: "expired"}


def test_a_decline_has_a_reason_and_no_sentences(clause_with: ClauseWith) -> None:
    nearest = Citation(1, clause_with("工商业用水：10.4"), "伊金霍洛旗基本情况", (), "nearest")
    form = answer_json(
        Declined(QUESTION, Language.EN, Reason.NOT_STATED, "Not stated.", (nearest,), ("n",), "standalone", 1.0)
    )
    assert form.keys() == KEYS
    assert (form["status"], form["reason"], form["answer"], form["language"]) == (
        "declined", "not_stated", "Not stated.", "en",
    )  # fmt: skip
    assert form["sentences"] == form["tables"] == []
    assert [citation["why"] for citation in form["citations"]] == ["nearest"]  # pyright: ignore[reportGeneralTypeIssues]


def test_the_page_cited_is_that_of_the_first_quote(clause_with: ClauseWith) -> None:
    clause = clause_with("参保人员距离法定退休年龄5年时")
    beginning = clause.text.index("参保人员距离法定退休年龄5年时")
    citation = Citation(1, clause, "办法", (Span(beginning, beginning + 8),), "answer")
    (form,) = answer_json(replace(answered(clause), citations=(citation,)))["citations"]  # pyright: ignore[reportGeneralTypeIssues]
    assert (clause.page, form["page"], form["quote_pages"]) == (40, 41, [41])


def test_a_count_says_what_was_counted_and_a_part_where_it_is_answered(clause_with: ClauseWith) -> None:
    clause = clause_with("工商业用水：10.4")
    count = AnswerSentence("共1条。", (1,), (), role=SentenceRole.COUNT, counted=(clause.id,))
    part = AnswerPart("一共几条", PartStatus.ANSWERED, "共1条。", (0,))
    answer = replace(answered(clause), sentences=(count,), kind=AnswerKind.LIST, parts=(part,))
    form = answer_json(answer)
    assert form["kind"] == "list"
    assert form["parts"] == [{"question": "一共几条", "status": "answered", "verdict": "共1条。", "sentences": [0]}]
    assert form["sentences"] == [
        {"text": "共1条。", "role": "count", "citations": [1], "figures": [], "counted": [clause.id]}
    ]
