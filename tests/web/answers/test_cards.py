from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.types import AnswerPart, AnswerSentence, CheckedFigure, PartStatus, Question, Table, TableCell
from ingest.corpus.load import segment
from ingest.readers.limits import Limits
from ingest.readers.text import read_text
from ingest.types import Corpus, Span, Validity
from web.answers.cards import (
    cards_of,
    clause_card,
    clause_href,
    figure_count,
    figures_of,
    part_views,
    sentences_by_part,
    stands_in_source,
)
from web.answers.highlights import marked_paragraphs

TODAY = date(2026, 11, 22)


def ask(bot, text: str):
    return bot.ask(Question((text,), TODAY))


def test_exactly_the_quoted_words_are_marked(bot) -> None:
    answer = ask(bot, "安家补贴")
    (card,) = cards_of(answer, bot.corpus)
    marked = "".join(segment["text"] for paragraph in card["paragraphs"] for segment in paragraph if segment["mark"])
    assert marked == answer.citations[0].quotes[0].of(answer.citations[0].clause.text)
    assert marked.endswith("300万元")


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
    quote = ask(bot, "安家补贴").citations[0].quotes[0]
    assert card["quoted"] == f"{quote.start}-{quote.end}"
    assert json.loads(json.dumps(card)) == card


def test_links_survive_odd_characters(corpus: Corpus) -> None:
    odd = replace(corpus.clauses[0], id='a"b/c d', document="x/y?z#")
    assert clause_href(odd) == "library/x%2Fy%3Fz%23#clause-a%22b%2Fc%20d"


def test_figures_are_read_again_in_the_source(bot) -> None:
    answer = ask(bot, "安家补贴")
    assert figure_count(figures_of(answer), bot.corpus) == {"checked": 1, "total": 1}
    assert figure_count(figures_of(answer), bot.corpus, "refund-2024/2") == {"checked": 0, "total": 0}


def test_a_figure_said_twice_is_one(bot) -> None:
    """In the body and in a table, in Chinese and in English: the same figure at the same place."""
    answer = ask(bot, "安家补贴")
    figure = answer.sentences[0].figures[0]
    english = replace(figure, text="RMB 3 million")
    table = Table("对照", ("层级", "数额"), ((TableCell("市"), TableCell("300万元", (1,), (figure,))),))
    twice = replace(answer, sentences=(*answer.sentences, AnswerSentence("x", (1,), (english,))), tables=(table,))
    assert len(figures_of(twice)) == 3
    assert figure_count(figures_of(twice), bot.corpus) == {"checked": 1, "total": 1}
    elsewhere = replace(figure, text="280万元", span=_place(bot, "280万元"))
    assert figure_count([*figures_of(twice), elsewhere], bot.corpus) == {"checked": 2, "total": 2}


def _place(bot, words: str) -> Span:
    clause = bot.corpus.clauses[0]
    start = clause.text.index(words)
    return clause.in_source(Span(start, start + len(words)))


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


@pytest.mark.parametrize(("said", "stands"), [("2025", True), ("2026", False), ("25", False)])
def test_a_year_of_an_english_sentence_stands_where_the_chinese_prints_it(
    corpus: Corpus, said: str, stands: bool
) -> None:
    cut = segment(read_text("云溪区计划\n一、到2025年全区高新技术企业超过2000家。\n".encode(), "计划.txt", Limits()))
    goals = replace(corpus, sources=(cut.source,), clauses=cut.clauses, documents=cut.documents)
    (clause,) = [one for one in cut.clauses if one.figures]
    year = next(figure for figure in clause.figures if figure.text == "2025年")
    assert stands_in_source(CheckedFigure(said, clause.id, clause.in_source(year.span)), goals) is stands


def test_a_bare_number_of_a_table_stands_there_with_the_unit_of_its_column(corpus: Corpus) -> None:
    cut = segment(
        read_text(
            "云溪区水价\n一、价格。\n用户\t单价（元/立方米）\n工业\t4.15\n居民\t2.35\n".encode(), "水价.txt", Limits()
        )
    )
    (row, _) = [clause for clause in cut.clauses if clause.cells]
    tables = replace(corpus, sources=(cut.source,), clauses=cut.clauses, documents=cut.documents)
    (printed,) = row.figures
    said = CheckedFigure("4.15元/立方米", row.id, row.in_source(printed.span))

    assert stands_in_source(said, tables)
    assert not stands_in_source(replace(said, text="4.15万元"), tables)
    assert not stands_in_source(replace(said, text="5.15元/立方米"), tables)
    assert [segment["text"] for segment in marked_paragraphs(row, ())[0]] == ["工业｜4.15"]


def test_parts_are_shown_where_there_are_several_and_each_sentence_once(bot) -> None:
    answer = ask(bot, "安家补贴")
    assert part_views(answer) == []
    assert [name for name, _ in sentences_by_part(answer)] == [""]
    parts = (
        AnswerPart("甲？", PartStatus.ANSWERED, None, (0,)),
        AnswerPart("乙？", PartStatus.PARTLY, None, (0,)),
    )
    several = replace(answer, parts=parts)
    assert [view["status"] for view in part_views(several)] == ["answered", "partly"]
    grouped = sentences_by_part(several)
    assert [name for name, _ in grouped] == ["甲？", "乙？", *([""] if len(answer.sentences) > 1 else [])]
    assert [sentence for _, sentences in grouped for sentence in sentences] == list(answer.sentences)
