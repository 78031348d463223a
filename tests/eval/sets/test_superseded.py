"""A question that comes with the product and the mended copy that counts in its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.cases.case_files import load_cases, write_cases
from eval.cases.cases import Case, Evidence
from eval.sets import question_sets as sets
from eval.sets.draft_questions import DraftQuestions, Replaced, publish_questions
from eval.sets.question_sets import case_mark, question_set, remove_set
from eval.sets.superseded import FILE, load_in_force
from ingest.corpus.load import load_corpus
from ingest.types import Corpus
from tests.eval.small_corpus import write_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return load_corpus(write_corpus(tmp_path / "corpus"))


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpus: Corpus) -> Case:
    """The one question of a set that comes with the product; its known answer is of yesterday."""
    clause = next(one for one in corpus.clauses if "10.4元/吨" in one.text)
    case = Case("C1", ("工商业用水多少钱一吨",), answer=(("9元/吨",),), evidence=(Evidence(clause.text),))
    folder = tmp_path / "ours"
    folder.mkdir()
    write_cases([case, replace(case, id="C2", turns=("水价",))], folder / "ours.jsonl")
    monkeypatch.setattr(sets, "PACKAGED", folder)
    return load_cases([folder / "ours.jsonl"])[0]


def published(home: Path, shipped: Case, corpus: Corpus) -> None:
    mended = replace(shipped, id="q1", answer=(("10.4元/吨",),))
    instead = {"q1": Replaced("ours", "C1", case_mark(shipped))}
    publish_questions(home, DraftQuestions("新政策", (mended,), instead), corpus, corpus)


def test_the_copy_is_asked_where_the_shipped_one_stood(tmp_path: Path, shipped: Case, corpus: Corpus) -> None:
    published(tmp_path, shipped, corpus)
    ours, theirs = question_set(tmp_path, "ours"), question_set(tmp_path, "新政策")
    assert [case.id for case in load_in_force(tmp_path, [ours])] == ["新政策/新政策-1", "C2"]
    both = load_in_force(tmp_path, [ours, theirs])
    assert [case.id for case in both] == ["新政策/新政策-1", "ours/C2", "新政策/新政策-1"]
    assert both[0].answer == (("10.4元/吨",),)
    assert [case.id for case in load_cases([ours.path])] == ["C1", "C2"], "the set itself is as it was"


def test_a_copy_that_is_gone_or_of_another_question_supersedes_nothing(
    tmp_path: Path, shipped: Case, corpus: Corpus
) -> None:
    published(tmp_path, shipped, corpus)
    ours = question_set(tmp_path, "ours")
    first, second = load_cases([ours.path])
    write_cases([replace(first, note="another edition"), second], ours.path)
    assert [case.id for case in load_in_force(tmp_path, [ours])] == ["C1", "C2"]
    write_cases([first, second], ours.path)
    remove_set(tmp_path, "新政策")
    assert [case.id for case in load_in_force(tmp_path, [ours])] == ["C1", "C2"]
    (tmp_path / "questions" / FILE).write_text("{")
    assert [case.id for case in load_in_force(tmp_path, [ours])] == ["C1", "C2"]
