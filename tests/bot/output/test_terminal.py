"""An answer as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.output.terminal import LONGEST_QUOTE, LONGEST_TITLE, answer_text
from bot.types import Answered, AnswerSentence, Citation, Declined, Language, Question, Reason, Table, TableCell
from ingest.types import Clause, Span

ClauseWith = Callable[[str], Clause]
QUESTION = Question(("工商业用水多少钱一吨",), date(2026, 11, 22))


def answered(clause: Clause, *quotes: Span) -> Answered:
    citation = Citation(1, clause, "伊金霍洛旗基本情况", quotes, "answer")
    return Answered(QUESTION, Language.ZH, (AnswerSentence("水价如下。", (1,), ()),), (citation,), (), "", 1.0)


def test_body_quote_with_its_place_and_notices(clause_with: ClauseWith) -> None:
    answer = replace(answered(clause_with("工商业用水：10.4"), Span(2, 15)), notices=("甲。", "乙。"))
    assert answer_text(answer).split("\n") == [
        "水价如下。[1]",
        "  [1] 伊金霍洛旗基本情况 › （二）4.——工商业用水（第 5 页）“工商业用水：10.4元/吨”",
        "  ! 甲。",
        "  ! 乙。",
    ]


def test_a_clause_without_page_and_address_has_its_title(clause_with: ClauseWith) -> None:
    clause = replace(clause_with("工商业用水：10.4"), page=None, address="")
    assert answer_text(answered(clause, Span(2, 7))).endswith("\n  [1] 伊金霍洛旗基本情况“工商业用水”")


def test_several_quotes_are_joined_and_a_long_one_is_cut(clause_with: ClauseWith) -> None:
    clause = clause_with("分别给予200万元、150万元、100万元、50万元人才培养资助")
    assert answer_text(answered(clause, Span(2, 6), Span(14, 18))).endswith("“着力促进对全职引”")
    quote = answer_text(answered(clause, Span(0, len(clause.text)))).split("“", 1)[1]
    assert quote.endswith("…”")
    assert len(quote) == LONGEST_QUOTE + 1  # the closing mark
    exact = answer_text(answered(clause, Span(0, LONGEST_QUOTE)))
    assert "…" not in exact


def test_a_long_title_is_cut(clause_with: ClauseWith) -> None:
    clause = clause_with("工商业用水：10.4")
    citation = Citation(1, clause, "鄂" * (LONGEST_TITLE + 1), (), "answer")
    assert f"[1] {'鄂' * (LONGEST_TITLE - 1)}… › " in answer_text(replace(answered(clause), citations=(citation,)))


def test_a_table_has_its_columns_and_marks(clause_with: ClauseWith) -> None:
    table = Table("水价", ("用途", "价格"), ((TableCell("工商业"), TableCell("10.4元/吨", (1, 2))),))
    answer = replace(answered(clause_with("工商业用水：10.4")), tables=(table,))
    assert answer_text(answer).split("\n")[1:4] == ["  水价", "  | 用途 | 价格 |", "  | 工商业 | 10.4元/吨[1][2] |"]


def test_a_decline_ends_with_its_reason() -> None:
    declined = Declined(QUESTION, Language.ZH, Reason.OFF_TOPIC, "未涉及。", (), ("甲。",), "", 1.0)
    assert answer_text(declined) == "未涉及。\n  ! 甲。\n  (declined: off_topic)"
