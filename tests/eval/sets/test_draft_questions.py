"""The questions of a draft: kept, run, stale when anything changed, and published so that nothing is there twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from eval.cases.case_files import load_cases
from eval.cases.cases import Case, Evidence
from eval.scoring.scoring import Yardstick
from eval.sets.draft_questions import (
    FILE,
    DraftQuestions,
    Replaced,
    Run,
    keep_run,
    publish_questions,
    put_questions,
    read_questions,
    remove_question,
    run_questions,
    standing_of,
    take_back,
    taken_over,
    write_questions,
)
from eval.sets.question_sets import case_mark, change_case, question_set, question_sets, save_set
from ingest.corpus.load import load_corpus
from ingest.errors import EvaluationUnusable
from tests.eval.conftest import SmallBot
from tests.eval.small_corpus import write_corpus

AS_OF = date(2026, 11, 22)
WATER = Case("", ("工商业用水多少钱一吨",), answer=(("10.4元/吨",),), evidence=(Evidence("10.4元/吨"),))


@pytest.fixture
def water_bot(tmp_path_factory: pytest.TempPathFactory) -> SmallBot:
    """Answers with the clause that is most like the question."""
    return SmallBot(load_corpus(write_corpus(tmp_path_factory.mktemp("texts") / "corpus")))


def test_ids_are_given_in_order_and_stay_with_their_question(tmp_path: Path) -> None:
    first, second = put_questions(tmp_path, [WATER, replace(WATER, turns=("水价",))])
    assert (first.id, second.id) == ("q1", "q2")
    remove_question(tmp_path, "q1")
    (third,) = put_questions(tmp_path, [WATER])
    assert third.id == "q3"
    put_questions(tmp_path, [replace(WATER, note="核对过")], old="q3")
    assert [(case.id, case.note) for case in read_questions(tmp_path).cases] == [("q2", ""), ("q3", "核对过")]


def test_a_run_counts_for_the_very_draft_and_question_it_was_made_of(tmp_path: Path, water_bot: SmallBot) -> None:
    (clause,) = [one for one in water_bot.corpus.clauses if "10.4元/吨" in one.text]
    right = replace(WATER, evidence=(Evidence(clause.text),))
    cases = put_questions(tmp_path, [right, replace(right, turns=("工商业用水一吨多少钱",), answer=(("99元",),))])
    assert standing_of(tmp_path, "f").open == 2
    told: list[tuple[int, int]] = []
    outcomes = run_questions(cases, water_bot.ask, water_bot.corpus, AS_OF, lambda done, of: told.append((done, of)))
    keep_run(tmp_path, Run("f", datetime(2026, 11, 22, tzinfo=UTC), outcomes))
    assert told == [(0, 2), (1, 2), (2, 2)]
    standing = standing_of(tmp_path, "f")
    assert (standing.green, standing.red, standing.open, standing.is_sound) == (1, 1, 0, False)
    assert outcomes["q1"].evidence_cited
    assert standing_of(tmp_path, "other").open == 2
    put_questions(tmp_path, [replace(right, note="x")], old="q1")
    assert (standing_of(tmp_path, "f").green, standing_of(tmp_path, "f").open) == (0, 1)


def test_published_twice_they_stand_once_and_what_somebody_changed_is_not_taken_back(
    tmp_path: Path, water_bot: SmallBot
) -> None:
    (clause,) = [one for one in water_bot.corpus.clauses if "10.4元/吨" in one.text]
    cases = tuple(replace(WATER, id=f"q{n}", turns=(f"水价{n}",), evidence=(Evidence(clause.text),)) for n in (1, 2))
    questions = DraftQuestions("水价", cases)
    corpus = water_bot.corpus
    put_in = publish_questions(tmp_path, questions, corpus, corpus)
    made = put_in.added
    assert [case.id for case in made] == ["水价-1", "水价-2"]
    assert publish_questions(tmp_path, questions, corpus, corpus).ids == ""
    path = question_set(tmp_path, "水价").path
    assert len(load_cases([path])) == 2
    changed = replace(made[0], note="改过")
    change_case(tmp_path, "水价", made[0].id, changed, water_bot.corpus, case_mark(made[0]))
    take_back(tmp_path, put_in, corpus)
    assert load_cases([path]) == (changed,)


def test_a_question_whose_words_are_nowhere_puts_none_of_them_in(tmp_path: Path, water_bot: SmallBot) -> None:
    questions = DraftQuestions("水价", (replace(WATER, id="q1", evidence=(Evidence("每吨收取一百元整"),)),))
    with pytest.raises(EvaluationUnusable):
        publish_questions(tmp_path, questions, water_bot.corpus, water_bot.corpus)
    assert not [one for one in question_sets(tmp_path) if one.writable]


def test_a_broken_file_and_no_file(tmp_path: Path) -> None:
    assert read_questions(tmp_path) == DraftQuestions()
    write_questions(tmp_path, DraftQuestions("水价", (replace(WATER, id="q1"),)))
    assert read_questions(tmp_path).set_name == "水价"
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(EvaluationUnusable):
        read_questions(tmp_path)


def test_a_question_that_replaces_one_of_a_set_takes_its_place_and_gives_it_back(
    tmp_path: Path, water_bot: SmallBot
) -> None:
    corpus = water_bot.corpus
    new = load_corpus(write_corpus(tmp_path / "new", **{"10.4元/吨": "11.2元/吨"}))
    (clause,) = [one for one in corpus.clauses if "10.4元/吨" in one.text]
    old = replace(WATER, id="W1", evidence=(Evidence(clause.text),))
    save_set(tmp_path, "own", [old], corpus)
    of, place = question_set(tmp_path, "own"), tmp_path / "draft"
    place.mkdir()
    taken = taken_over(place, of, old, Yardstick(new))
    assert (taken.evidence, taken.answer) == ((), old.answer)
    assert taken_over(place, of, old, Yardstick(new)) == taken, "once"
    (now,) = [one for one in new.clauses if "11.2元/吨" in one.text]
    put_questions(place, [replace(taken, answer=(("11.2元/吨",),), evidence=(Evidence(now.text),))], old=taken.id)
    questions = replace(read_questions(place), set_name="水价")
    put_in = publish_questions(tmp_path, questions, new, corpus)
    (mended,) = load_cases([of.path])
    assert (mended.id, mended.answer) == ("W1", (("11.2元/吨",),))
    assert put_in.ids == "own/W1"
    take_back(tmp_path, put_in, corpus)
    assert load_cases([of.path]) == (old,)


def test_where_its_place_was_changed_meanwhile_it_is_added(tmp_path: Path, water_bot: SmallBot) -> None:
    corpus = water_bot.corpus
    (clause,) = [one for one in corpus.clauses if "10.4元/吨" in one.text]
    old = replace(WATER, id="W1", evidence=(Evidence(clause.text),))
    save_set(tmp_path, "own", [old], corpus)
    questions = DraftQuestions("水价", (replace(old, id="q1", note="x"),), {"q1": Replaced("own", "W1", "other")})
    assert [case.id for case in publish_questions(tmp_path, questions, corpus, corpus).added] == ["水价-1"]
    assert load_cases([question_set(tmp_path, "own").path]) == (old,)
