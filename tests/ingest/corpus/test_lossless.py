"""The proof of losslessness: it holds on the compendium and on any text, and it notices a loss."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.corpus.load import segment
from ingest.corpus.lossless import CELL_BORDER, check_lossless, without
from ingest.errors import LosslessnessBroken
from ingest.types import Corpus, Furniture, SourceFile, Span


def parts(compendium: Corpus):
    source = compendium.sources[0]
    return source, compendium.clauses, compendium.headings, compendium.furniture[source.name]


def test_the_compendium_is_lossless(compendium: Corpus) -> None:
    check_lossless(*parts(compendium))


def test_a_lost_clause_is_noticed(compendium: Corpus) -> None:
    source, clauses, headings, furniture = parts(compendium)
    with pytest.raises(LosslessnessBroken, match="belongs to nobody"):
        check_lossless(source, (*clauses[:100], *clauses[101:]), headings, furniture)


def test_a_doubled_clause_is_noticed(compendium: Corpus) -> None:
    source, clauses, headings, furniture = parts(compendium)
    with pytest.raises(LosslessnessBroken, match="belongs to clause"):
        check_lossless(source, (*clauses, clauses[5]), headings, furniture)


def test_a_lost_last_character_is_noticed(compendium: Corpus) -> None:
    source, clauses, headings, furniture = parts(compendium)
    longer = replace(source, text=source.text + "尾")
    with pytest.raises(LosslessnessBroken, match="line"):
        check_lossless(longer, clauses, headings, furniture)


def test_furniture_that_calls_words_blank_is_noticed() -> None:
    source = SourceFile("a.txt", "正文", "0" * 64, "text")
    with pytest.raises(LosslessnessBroken, match="carries text"):
        check_lossless(source, (), (), (Furniture(Span(0, 2), "blank"),))


def test_words_between_the_cells_of_a_row_are_noticed() -> None:
    source = SourceFile("a.txt", "甲|乙", "0" * 64, "text")
    with pytest.raises(LosslessnessBroken, match="cell border but carries text"):
        check_lossless(source, (), (), (Furniture(Span(0, 3), CELL_BORDER),))


def test_overlapping_clause_spans_are_noticed(compendium: Corpus) -> None:
    source, clauses, headings, furniture = parts(compendium)
    stretched = replace(clauses[3], span=Span(clauses[3].span.start, clauses[4].span.end))
    with pytest.raises(LosslessnessBroken, match="belongs to clauses"):
        check_lossless(source, (*clauses[:3], stretched, *clauses[4:]), headings, furniture)


def test_furniture_gives_way_to_what_clauses_own() -> None:
    blank = Furniture(Span(0, 10), "blank")
    left = without([blank], [Span(2, 3), Span(9, 10)])
    assert [item.span for item in left] == [Span(0, 2), Span(3, 9)]


NUMBERS = st.sampled_from(
    [
        "一、",
        "二、",
        "（一）",
        "（二）",
        "1.",
        "2.",
        "第一条 ",
        "第二条　",
        "第一章 ",
        "（1）",
        "①",
        "——",
        "附件",
        "附件1：",
        "第一篇 ",
        "第二篇 ",
    ]
)
WORDS = st.sampled_from(
    [
        "总体要求",
        "支持企业发展。",
        "给予100万元奖励。（责任单位：财政局）",
        "某某局关于印发若干措施的通知",
        "包括：",
        "甲；",
        "责任单位：商务厅",
        "（微信扫一扫）",
        "本办法自2025年1月1日起施行。",
        "税率\t3%",
        "",
    ]
)
LINES = st.lists(
    st.tuples(st.one_of(NUMBERS, st.just("")), WORDS, st.sampled_from(["\n", "\n\n", " \n", "\r\n", "\f"])), max_size=30
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_any_numbering_is_cut_without_loss(lines: list[tuple[str, str, str]]) -> None:
    text = "".join(number + words + end for number, words, end in lines)
    segment(SourceFile("a.txt", text, "0" * 64, "text"))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_cut_without_loss(text: str) -> None:
    segment(SourceFile("a.txt", text, "0" * 64, "text"))


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_cutting_the_displayed_text_again_gives_the_same_words(lines: list[tuple[str, str, str]]) -> None:
    text = "".join(number + words + "\n" for number, words, _ in lines)
    once = segment(SourceFile("a.txt", text, "0" * 64, "text"))
    shown = sorted(
        [(c.span.start, c.text) for c in once.clauses] + [(h.pieces[0].start, h.text) for h in once.headings]
    )
    again = segment(SourceFile("b.txt", "\n".join(words for _, words in shown), "0" * 64, "text"))
    assert [c.text for c in again.clauses] == [c.text for c in once.clauses]
