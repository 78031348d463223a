"""Answers as JSON and as plain text, and the notices beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from bot.compose.draft import Draft
from bot.compose.notices import notices_of, notices_of_decline
from bot.output.json_form import answer_json
from bot.output.terminal import LONGEST_QUOTE, answer_text
from bot.refuse.on_topic import FOREIGN_SUBJECTS, OWN_SUBJECTS, Topics
from bot.types import Answered, Citation, Declined, Reason
from bot.understand.reading import Reading
from index.rankers.protocol import Vectors
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


@pytest.mark.parametrize(
    ("question", "words", "levels", "said"),
    [
        ("人才父母年满70周岁，养老补贴是多少", ("2000元养老补贴", "1000元养老补贴"), {"市", "旗"}, True),
        ("市里对人才父母的养老补贴是多少", ("2000元养老补贴",), {"市"}, False),
        ("全职引进的A类人才，安家补贴是多少", ("顶尖人才（A类）给予不低于300万元", "A类人才给予不低于300万元"), {"市", "旗"}, False),
    ],
)  # fmt: skip
def test_levels_that_differ_are_said_only_where_they_do_and_no_level_was_asked_for(
    question: str, words: tuple[str, ...], levels: set[str], said: bool,
    answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus,
) -> None:  # fmt: skip
    reading, draft = answer_from([question], [clause_with(found) for found in words])
    assert {clause.level for clause in draft.clauses} == levels
    assert ("不同层级的规定数额不同，请以所属层级为准。" in notices_of(reading, draft, corpus)) is said


def test_clauses_of_another_level_than_asked_are_announced(
    answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus
) -> None:
    other = "所引条款出自其他层级，所问层级未见直接规定。"
    for question, expected in (("国家对引进C类人才的单位资助多少", True), ("市里对引进C类人才的单位资助多少", False)):
        reading, draft = answer_from([question], [clause_with(CITY_GRANT)])
        assert (other in notices_of(reading, draft, corpus)) is expected


def test_an_estimate_brings_its_caveat(answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus) -> None:
    for question, expected in (("我们厂用5000吨水多少钱", True), ("我们厂用水多少钱一吨", False)):
        reading, draft = answer_from([question], [clause_with("工商业用水：10.4")])
        assert any(notice.startswith("推算只是") for notice in notices_of(reading, draft, corpus)) is expected


def test_a_refusal_says_what_time_has_made_of_the_nearest_clause(
    answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus
) -> None:
    clause = clause_with("大型企业按不超过企业及其职工上年度实际缴纳失业保险费的")
    reading, _ = answer_from(["2026年稳岗返还比例多少"], [clause])
    nearest = [Citation(1, clause, "", (Span(0, len(clause.text)),), "nearest")]
    (notice, *_) = notices_of_decline(reading, Reason.NOT_STATED, nearest, corpus)
    assert "执行期限至2024年12月31日" in notice
    assert notices_of_decline(reading, Reason.OFF_TOPIC, nearest, corpus) == ()


def test_a_hedge_comes_first_and_cites_nothing(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    _, draft = answer_from(["引进C类人才资助多少"], [clause_with(CITY_GRANT)])
    draft.hedge()
    assert draft.sentences[0].text.startswith("未找到直接规定，最接近的是")
    assert (draft.sentences[0].citations, draft.sentences[0].figures) == ((), ())
    empty = Draft(draft.language, draft.corpus)
    empty.hedge()
    assert empty.sentences == []


class _OneAxisEach:
    """An encoder that gives every text its own direction."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        every = (*OWN_SUBJECTS, *FOREIGN_SUBJECTS)
        return np.eye(len(every), dtype=np.float32)[[every.index(text) for text in texts]]


def test_foreignness_is_above_zero_for_a_foreign_subject() -> None:
    encoder = _OneAxisEach()
    topics = Topics.of(encoder)  # pyright: ignore[reportArgumentType]  # only passages are encoded here
    assert topics.foreignness(encoder.encode_passages(FOREIGN_SUBJECTS[:1])[0]) == 1.0
    assert topics.foreignness(encoder.encode_passages(OWN_SUBJECTS[:1])[0]) == -1.0
