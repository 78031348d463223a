from __future__ import annotations

import pytest

from ingest.types import Corpus, Span
from web.answers.highlights import marked_figures, marked_paragraphs, merged, read_spans, spelled_spans


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], []),
        ([Span(3, 3)], []),
        ([Span(5, 8), Span(1, 3)], [Span(1, 3), Span(5, 8)]),
        ([Span(1, 4), Span(3, 6)], [Span(1, 6)]),
        ([Span(1, 4), Span(4, 6)], [Span(1, 6)]),
        ([Span(1, 9), Span(3, 6)], [Span(1, 9)]),
    ],
)
def test_quotes_that_overlap_are_marked_once(spans: list[Span], joined: list[Span]) -> None:
    assert merged(spans) == joined


@pytest.mark.parametrize("spans", [[], [Span(0, 5)], [Span(3, 9), Span(20, 200_000)]])
def test_places_come_back_from_an_address(spans: list[Span]) -> None:
    assert read_spans(spelled_spans(spans)) == spans


@pytest.mark.parametrize(
    "spelled",
    ["", "x", "5", "9-3", "4-4", "-1-5", "1-2-3", "1_5", "０-９", "1-99999999", "<b>", "1-5;DROP", "..", "1e3-5"],
)
def test_what_is_no_place_in_an_address_marks_nothing(spelled: str) -> None:
    assert read_spans(spelled) == []
    assert read_spans(f"{spelled}.7-8") == [Span(7, 8)]


def test_a_card_loses_no_character_of_the_clause(corpus: Corpus) -> None:
    for clause in corpus.clauses:
        for quotes in (
            (),
            (Span(0, 5),),
            (Span(2, 40), Span(30, len(clause.text))),
            (Span(len(clause.text) - 1, 9999),),
        ):
            drawn = "".join(segment["text"] for paragraph in marked_paragraphs(clause, quotes) for segment in paragraph)
            assert drawn == clause.text


def test_a_quote_over_two_parts_is_marked_in_both(corpus: Corpus) -> None:
    clause = corpus.clauses[0]
    first = clause.text.index("（一）")
    paragraphs = marked_paragraphs(clause, (Span(first - 3, first + 6),))
    assert [[s["text"] for s in p if s["mark"]] for p in paragraphs] == [["补贴。"], ["（一）分5年"], []]


def test_numbered_parts_begin_a_paragraph(corpus: Corpus) -> None:
    starts = [paragraph[0]["text"][:3] for paragraph in marked_paragraphs(corpus.clauses[0], ())]
    assert starts == ["2.给", "（一）", "（二）"]


@pytest.mark.parametrize(
    ("text", "figures", "marked"),
    [
        ("给予不低于300万元安家补贴、最高1亿元经费。", ["300万元", "1亿元"], ["300万元", "1亿元"]),
        ("分别给予50万元、150万元。", ["150万元", "50万元"], ["50万元", "150万元"]),
        ("先给50万元，再给50万元。", ["50万元"], ["50万元", "50万元"]),
        ("每年2万元，即2万元/年。", ["2万元/年", "2万元"], ["2万元", "2万元/年"]),
        ("给予补贴。", [], []),
        ("给予补贴。", ["80万元", ""], []),
        ("", ["80万元"], []),
        ("𠮷字后面10万元。", ["10万元"], ["10万元"]),
    ],
)
def test_checked_figures_are_marked_where_they_stand(text: str, figures: list[str], marked: list[str]) -> None:
    parts = marked_figures(text, figures)
    assert "".join(part["text"] for part in parts) == text
    assert [part["text"] for part in parts if part["mark"]] == marked
    assert all(part["text"] for part in parts)
