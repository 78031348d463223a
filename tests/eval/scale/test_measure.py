"""Opening a bot reads no more clauses however many there are, and a question reads those around what it finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from bot.types import Answered, Question
from eval.scale.copies import Copies
from eval.scale.measure import ScaleRow, reads_of, scale_table
from eval.scale.stand_in import CopyEncoder
from index.kept import clause_lookup
from index.measure.killed_builds import HashedPairs
from index.store.serving import open_kept
from index.store.store import build_index
from ingest.corpus.load import load_corpus
from ingest.types import Corpus

COUNTY = Path(__file__).resolve().parents[2] / "corpora" / "county"
AS_OF = date(2026, 11, 22)
QUESTIONS = [
    "引进博士有多少安家补贴",
    "工业用电多少钱一度",
    "招商引资优惠办法有几条",
    "第三条是什么",
    "云浦县有多少个文件",
    "企业研发费用有什么奖励，多久到账",
    "我们公司是高新技术企业，能拿到什么",
    "2023年的水价是多少",
    "总结一下招商引资优惠办法",
]


@pytest.fixture(scope="module")
def county() -> Corpus:
    return load_corpus(COUNTY)


def opened(corpus: Corpus, copies: int, home: Path) -> PolicyBot:
    made = Copies.of(corpus)
    count = copies * len(corpus.clauses)
    clauses = tuple(made.clauses(count))
    build_index(made.corpus_of(count, clauses), CopyEncoder.of(HashedPairs(), made, ()), home)
    encoder = CopyEncoder.of(HashedPairs(), made, ())
    return PolicyBot.over(open_kept(corpus.folder, encoder, home), BotSettings(home=home, corpus=corpus.folder))


@pytest.fixture(scope="module")
def bots(county: Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[PolicyBot, PolicyBot]:
    one, eight = (opened(county, n, tmp_path_factory.mktemp(f"{n}")) for n in (2, 8))
    return one, eight


def test_opening_reads_as_many_clauses_of_a_small_corpus_as_of_a_large_one(bots: tuple[PolicyBot, PolicyBot]) -> None:
    few, many = bots
    assert len(many.corpus.clauses) == 4 * len(few.corpus.clauses)
    assert reads_of(few) == reads_of(many) == 0


def test_no_question_to_a_large_corpus_reads_it_all(
    bots: tuple[PolicyBot, PolicyBot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clause_lookup, "LARGE_FROM", 100)
    _, many = bots
    reads: dict[str, int] = {}
    for words in QUESTIONS:
        before = reads_of(many)
        many.ask(Question((words,), AS_OF))
        reads[words] = reads_of(many) - before
    assert max(reads.values()) < len(many.corpus.clauses) / 2, reads


def test_an_answer_of_a_kept_corpus_cites_it(bots: tuple[PolicyBot, PolicyBot]) -> None:
    answers = [bots[1].ask(Question((words,), AS_OF)) for words in QUESTIONS[:2]]
    cited = [one.clause for answer in answers if isinstance(answer, Answered) for one in answer.citations]
    assert cited
    assert all(bots[1].corpus.clause_by_id[clause.id] == clause for clause in cited)


def test_the_table_has_a_column_for_each_figure() -> None:
    lines = scale_table([ScaleRow(100_500, 5_250, 400.0, ready_s=4.26, p95_ms=180.4)]).splitlines()
    assert lines[0].count("|") == lines[1].count("|") == lines[2].count("|")
    assert "| 100,500 | 5,250 |" in lines[2]
    assert "4.3" in lines[2]
