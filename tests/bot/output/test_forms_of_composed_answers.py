"""Answers composed of the compendium, as JSON and as plain text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from bot.compose.draft import Draft
from bot.compose.notices import notices_of
from bot.output.json_form import answer_json
from bot.output.terminal import LONGEST_QUOTE, answer_text
from bot.types import Answered, Citation, Declined, Reason
from bot.understand.reading import Reading
from ingest.types import Clause, Corpus, Span

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]
CITY_GRANT = "分别给予200万元、150万元、100万元、50万元人才培养资助"
BANNER_GRANT = "分别给予用人单位最高200万元、150万元、50万元引才资助"


@pytest.fixture
def answered(answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus) -> Answered:
    reading, draft = answer_from(["市里对引进C类人才的单位资助多少"], [clause_with(CITY_GRANT)])
    notices = notices_of(reading, draft, corpus)
    return Answered(
        reading.question, reading.language, tuple(draft.sentences), draft.citations(), notices, reading.standalone, 1.5
    )


@pytest.fixture
def declined(answered: Answered, clause_with: ClauseWith) -> Declined:
    clause = clause_with(CITY_GRANT)
    nearest = Citation(1, clause, "某措施", (Span(0, len(clause.text)),), "nearest")
    return Declined(answered.question, answered.language, Reason.NOT_STATED, "没有写明。", (nearest,), (), "问题", 0.5)


def test_json_names_each_figure_and_its_place(answered: Answered, corpus: Corpus) -> None:
    form = json.loads(json.dumps(answer_json(answered)))
    assert (form["status"], form["reason"], form["as_of"]) == ("answered", None, "2026-11-22")
    assert form["answer"] == answered.body
    figures = [figure for sentence in form["sentences"] for figure in sentence["figures"]]
    assert "100万元" in {figure["text"] for figure in figures}
    source = corpus.sources[0].text
    assert all(source[f["start"] : f["end"]].replace("\n", "").replace(" ", "") == f["text"] for f in figures)
    assert {n for sentence in form["sentences"] for n in sentence["citations"]} <= {c["n"] for c in form["citations"]}
    assert all(quote in c["text"] for c in form["citations"] for quote in c["quotes"])


def test_json_of_a_declined_question_has_no_sentences(declined: Declined) -> None:
    form = answer_json(declined)
    assert (form["status"], form["reason"], form["sentences"]) == ("declined", "not_stated", [])
    assert form["citations"]


def test_the_terminal_shows_body_places_and_notices(answered: Answered) -> None:
    body, *rest = answer_text(answered).split("\n")
    assert body == answered.body
    assert rest[0].startswith("  [1] ")
    assert "（第 " in rest[0]
    assert [line for line in rest if line.startswith("  ! ")] == [f"  ! {notice}" for notice in answered.notices]


def test_the_terminal_cuts_long_quotes_and_names_the_reason(declined: Declined) -> None:
    lines = answer_text(declined).split("\n")
    assert lines[-1] == "  (declined: not_stated)"
    quote = lines[1].split("“", 1)[1]
    assert len(quote.removesuffix("”")) == LONGEST_QUOTE


def test_money_brings_the_closing_rule_of_its_document(answered: Answered) -> None:
    assert any("就高、不重复" in notice for notice in answered.notices)
