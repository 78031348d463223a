from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.types import AnswerSentence, CheckedFigure, Question
from ingest.types import Corpus, Span, Validity
from web.cards import (
    cards_of,
    clause_card,
    clause_href,
    figure_count,
    figures_of,
    marked_paragraphs,
    merged,
    stands_in_source,
)

TODAY = date(2026, 11, 22)


def ask(bot, text: str):
    return bot.ask(Question((text,), TODAY))


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


def test_exactly_the_quoted_words_are_marked(bot) -> None:
    answer = ask(bot, "安家补贴")
    (card,) = cards_of(answer, bot.corpus)
    marked = "".join(segment["text"] for paragraph in card["paragraphs"] for segment in paragraph if segment["mark"])
    assert marked == answer.citations[0].quotes[0].of(answer.citations[0].clause.text)
    assert marked.endswith("300万元")


def test_a_quote_over_two_parts_is_marked_in_both(corpus: Corpus) -> None:
    clause = corpus.clauses[0]
    first = clause.text.index("（一）")
    paragraphs = marked_paragraphs(clause, (Span(first - 3, first + 6),))
    assert [[s["text"] for s in p if s["mark"]] for p in paragraphs] == [["补贴。"], ["（一）分5年"], []]


def test_numbered_parts_begin_a_paragraph(corpus: Corpus) -> None:
    starts = [paragraph[0]["text"][:3] for paragraph in marked_paragraphs(corpus.clauses[0], ())]
    assert starts == ["2.给", "（一）", "（二）"]


@pytest.mark.parametrize(
    ("validity", "standing"),
    [
        (Validity(), "unstated"),
        (Validity(valid_until=date(2024, 12, 31)), "expired"),
        (Validity(valid_until=date(2026, 12, 31)), "expiring"),
        (Validity(valid_until=date(2030, 12, 31)), "current"),
        (Validity(valid_from=date(2027, 1, 1)), "not_yet"),
        (Validity(repealed=True), "repealed"),
        (Validity(undetermined="试行期一年"), "undetermined"),
    ],
)
def test_the_card_says_where_the_clause_stands(corpus: Corpus, validity: Validity, standing: str) -> None:
    clause = replace(corpus.clauses[0], validity=validity)
    card = clause_card(clause, corpus, TODAY)
    assert card["standing"] == standing
    assert card["term"] == validity.undetermined


def test_a_card_carries_place_level_and_offices(bot) -> None:
    (card,) = cards_of(ask(bot, "安家补贴"), bot.corpus)
    assert (card["n"], card["level"], card["address"], card["page"]) == (1, "市", "一、2.", 60)
    assert card["departments"] == ["市委组织部", "市财政局"]
    assert card["path"] == ["第四篇 人才政策"]
    assert card["href"] == "library/talent-30#clause-talent-30%2F1-2"
    assert json.loads(json.dumps(card)) == card


def test_links_survive_odd_characters(corpus: Corpus) -> None:
    odd = replace(corpus.clauses[0], id='a"b/c d', document="x/y?z#")
    assert clause_href(odd) == "library/x%2Fy%3Fz%23#clause-a%22b%2Fc%20d"


def test_figures_are_read_again_in_the_source(bot) -> None:
    answer = ask(bot, "安家补贴")
    assert figure_count(figures_of(answer), bot.corpus) == {"checked": 1, "total": 1}
    assert figure_count(figures_of(answer), bot.corpus, "refund-2024/2") == {"checked": 0, "total": 0}


def test_a_figure_that_does_not_stand_there_is_not_counted(bot) -> None:
    answer = ask(bot, "安家补贴")
    right = answer.sentences[0].figures[0]
    for wrong in (
        replace(right, text="400万元"),
        replace(right, span=Span(0, 3)),
        replace(right, clause_id="nowhere"),
        CheckedFigure("", right.clause_id, Span(0, 0)),
    ):
        assert not stands_in_source(wrong, bot.corpus)
        sentence = AnswerSentence("x", (1,), (right, wrong))
        assert figure_count(sentence.figures, bot.corpus) == {"checked": 1, "total": 2}


@pytest.mark.parametrize(("said", "stands"), [("RMB 3 million", True), ("RMB 30 million", False), ("", False)])
def test_an_amount_said_in_english_is_compared_by_value(bot, said: str, stands: bool) -> None:
    right = ask(bot, "安家补贴").sentences[0].figures[0]
    assert stands_in_source(replace(right, text=said), bot.corpus) is stands
