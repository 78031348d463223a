"""A search that was made worse on purpose does not pass the gate; the same search does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.types import Answer, Question
from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from eval.cases.joined_sets import load_together
from eval.runs.run import Plan, run
from eval.runs.run_folder import RunFolder, read_run, record_end
from eval.studies.baseline import BASELINE, read_baseline, write_baseline
from eval.studies.compare import compare, read_compared, read_thresholds
from index.search.search import search
from index.store.store import ClauseIndex, build_index, open_index
from index.types import Hit, Query
from ingest.types import Corpus
from tests.eval.small_corpus import HashedPairs

DEV = Path(__file__).resolve().parents[2] / "eval" / "questions" / "dev.jsonl"
QUESTIONS = 100


@dataclass(frozen=True)
class Searcher:
    """Search alone, with the words of all turns."""

    clause_index: ClauseIndex

    @property
    def corpus(self) -> Corpus:
        return self.clause_index.corpus

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        return search(self.clause_index, Query.of("\n".join(question.turns)), top_k)

    def ask(self, question: Question) -> Answer:
        raise NotImplementedError("only search is measured here")


@pytest.fixture(scope="module")
def clause_index(compendium: Corpus, tmp_path_factory: pytest.TempPathFactory) -> ClauseIndex:
    home = tmp_path_factory.mktemp("home")
    encoder = HashedPairs()
    build_index(compendium, encoder, home)
    return open_index(compendium, encoder, home)


def without(clause_index: ClauseIndex, ranker: str) -> ClauseIndex:
    assert clause_index.weights[ranker] > 0
    return replace(clause_index, weights={**clause_index.weights, ranker: 0.0})


def measure(clause_index: ClauseIndex, cases: tuple[Case, ...], about: Mapping[str, object], plan: Plan, out: Path):
    folder = RunFolder(out)
    run(folder, cases, Searcher(clause_index), replace(plan, retrieval_only=True), about)
    record_end(folder, 1.0)
    return read_run(out)


@pytest.mark.parametrize("ranker", ["words", "bigrams"])  # the made-up model is too poor to miss its vectors
def test_an_index_without_one_ranker_fails_and_the_same_one_passes(
    clause_index: ClauseIndex, about: dict[str, object], plan: Plan, tmp_path: Path, ranker: str
) -> None:
    # Of a question in English the edition says what a ranker of the Chinese leaves out.
    cases = tuple(case for case in load_cases([DEV]) if case.evidence and case.lang != "en")[:QUESTIONS]
    write_baseline(measure(clause_index, cases, about, plan, tmp_path / "a"), tmp_path / "baseline.json")
    measure(clause_index, cases, about, plan, tmp_path / "same")
    measure(without(clause_index, ranker), cases, about, plan, tmp_path / "worse")
    before = read_compared(tmp_path / "baseline.json")
    assert compare(before, read_compared(tmp_path / "same"), read_thresholds()).failures == ()
    failures = compare(before, read_compared(tmp_path / "worse"), read_thresholds()).failures
    assert {"mrr@10", "ndcg@10"} <= {failure.metric.name for failure in failures}
    assert (tmp_path / "a" / "results.jsonl").read_bytes() == (tmp_path / "same" / "results.jsonl").read_bytes()


def test_the_baseline_that_is_kept_is_of_the_development_set_the_hard_questions_and_the_english_ones() -> None:
    names = ("dev.jsonl", "scenario_dev.jsonl", "premise_dev.jsonl", "english.jsonl", "near_misses.jsonl")
    asked = load_together([DEV.with_name(name) for name in names])
    assert read_baseline(BASELINE).scores.keys() == {case.id for case in asked}
