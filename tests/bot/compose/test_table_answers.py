"""Rows of a table in an answer: one sentence each, all or none, and how many there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compose.body import compose
from bot.compose.draft import Draft
from bot.compose.notices import notices_of
from bot.evidence.candidates import Candidate, find_candidates, query_terms
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading, read_question
from index.types import Hit
from ingest.corpus.load import Segmented, segment
from ingest.readers.limits import Limits
from ingest.readers.text import read_text
from ingest.types import Corpus, Figure
from tests.bot.conftest import AS_OF
from tests.bot.evidence.test_related_clauses import one_source

TABLE = "项目\t补助（万元）\t期限\n甲项目\t30\t三年\n乙项目\t20\t两年\n丙项目\t10\t一年\n"


@pytest.fixture(scope="session")
def cut() -> Segmented:
    return segment(read_text(f"云溪区补助办法\n一、补助标准。\n{TABLE}".encode(), "a.txt", Limits()))


@pytest.fixture(scope="session")
def little(cut: Segmented) -> Corpus:
    return replace(one_source(list(cut.clauses)), documents=cut.documents)


def asked(text: str, cut: Segmented, places: Places) -> tuple[Reading, list[Candidate]]:
    reading = read_question(Question((text,), AS_OF), places, 20)
    weights = TermWeights.of(clause.text for clause in cut.clauses)
    hits = [Hit(clause, 1, 1.0, {}, None) for clause in cut.clauses if clause.cells]
    return reading, find_candidates(reading, hits, query_terms(reading, weights, ()), lambda _clause, _spans: ())


def answer(
    text: str, cut: Segmented, little: Corpus, places: Places, figures: tuple[Figure, ...] | None = None
) -> tuple[Reading, Draft]:
    """``figures`` are put in the place of those of the middle row."""
    reading, candidates = asked(text, cut, places)
    if figures is not None:
        candidates = [
            replace(c, hit=replace(c.hit, clause=replace(c.clause, figures=figures))) if "乙" in c.text else c
            for c in candidates
        ]
    weights = TermWeights.of(clause.text for clause in cut.clauses)
    return reading, compose(reading, candidates, query_terms(reading, weights, ()), little)


def test_each_row_is_a_sentence_with_its_unit(cut: Segmented, little: Corpus, places: Places) -> None:
    _, draft = answer("补助多少、期限多久？", cut, little, places)

    assert draft.sentences[0].text.endswith("甲项目｜补助30万元｜期限三年；")
    assert [sentence.text for sentence in draft.sentences[1:]] == [
        "乙项目｜补助20万元｜期限两年；",
        "丙项目｜补助10万元｜期限一年。",
    ]
    assert draft.tables[0].columns == ("项目", "补助", "期限")
    assert [cell.text for cell in draft.tables[0].rows[1]] == ["乙项目", "20万元", "两年"]


def test_when_one_row_cannot_be_borne_out_none_is_said(cut: Segmented, little: Corpus, places: Places) -> None:
    _, draft = answer("补助多少、期限多久？", cut, little, places, figures=())

    assert draft.sentences == []
    assert len(draft.withheld) == 3
    assert draft.tables == []


def test_the_notice_counts_the_rows_left_out(cut: Segmented, little: Corpus, places: Places) -> None:
    reading, draft = answer("补助多少、期限多久？", cut, little, places)
    assert draft.rows_shown is None
    draft.rows_shown = (2, 3)
    assert "所引表格共3行，这里只列出2行。" in notices_of(reading, draft, little)
