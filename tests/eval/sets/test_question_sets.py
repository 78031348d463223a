"""The sets of the project and of the staff: listed together, changed apart, never half."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from eval.cases.case_files import load_cases
from eval.cases.cases import Case, Evidence, case_from_row
from eval.sets import question_sets as sets
from eval.sets.question_sets import (
    append_case,
    append_cases,
    case_mark,
    change_case,
    free_id,
    question_set,
    question_sets,
    remove_case,
    remove_set,
    save_set,
    set_mark,
)
from ingest.errors import ChangedMeanwhile, EvaluationUnusable
from ingest.types import Corpus

GREEN_FUND = case_from_row(
    {
        "id": "bench-1",
        "type": "figure",
        "difficulty": "easy",
        "turns": ["绿色产业基金有多大？"],
        "evidence": [{"quote": "支持绿色产业集群发展若干政策，设立10亿元绿色产业发展基金"}],
        "answer": [["10亿"]],
        "kind": "single",
    }
)


def test_sets_of_the_project_are_listed_and_cannot_be_changed(tmp_path: Path) -> None:
    listed = {one.name: one for one in question_sets(tmp_path)}
    assert listed["dev"].count == len(load_cases([listed["dev"].path])) > 200
    assert not any(one.writable for one in listed.values())


def test_nothing_is_written_by_looking(tmp_path: Path) -> None:
    question_sets(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_first_question_makes_the_set_and_the_next_one_joins_it(tmp_path: Path, corpus: Corpus) -> None:
    append_case(tmp_path, "人才_2026", GREEN_FUND, corpus)
    made = append_case(tmp_path, "人才_2026", replace(GREEN_FUND, id="bench-2"), corpus)
    assert (made.name, made.count, made.writable) == ("人才_2026", 2, True)
    assert load_cases([made.path]) == (GREEN_FUND, replace(GREEN_FUND, id="bench-2"))
    assert question_sets(tmp_path)[-1] == made == question_set(tmp_path, "人才_2026")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"evidence": (Evidence("包头市设立10亿元绿色产业发展基金"),)}, "is not in the corpus"),
        ({"evidence": (Evidence("10亿元"),)}, "shorter than"),
        ({"kind": "unanswerable:near-miss"}, "must be declined"),
        ({"must_not": ("10亿",)}, "is forbidden"),
    ],
)
def test_a_question_at_fault_is_refused_and_leaves_no_set(
    change: dict[str, Any], words: str, tmp_path: Path, corpus: Corpus
) -> None:
    with pytest.raises(EvaluationUnusable, match=words):
        append_case(tmp_path, "ours", replace(GREEN_FUND, **change), corpus)
    assert not (tmp_path / "questions" / "ours.jsonl").exists()


def test_an_id_stands_once_in_a_set_and_may_stand_in_another(tmp_path: Path, corpus: Corpus) -> None:
    append_case(tmp_path, "one", GREEN_FUND, corpus)
    with pytest.raises(EvaluationUnusable, match='"bench-1" stands in the set "one"'):
        append_case(tmp_path, "one", GREEN_FUND, corpus)
    append_case(tmp_path, "two", GREEN_FUND, corpus)
    append_case(tmp_path, "two", replace(GREEN_FUND, id="A003"), corpus)  # an id of dev
    assert {one.name: one.count for one in question_sets(tmp_path) if one.writable} == {"one": 1, "two": 2}


def test_several_questions_are_added_all_or_none(tmp_path: Path, corpus: Corpus) -> None:
    append_case(tmp_path, "ours", GREEN_FUND, corpus)
    before = (tmp_path / "questions" / "ours.jsonl").read_bytes()
    with pytest.raises(EvaluationUnusable, match="bench-3"):
        append_cases(
            tmp_path,
            "ours",
            [replace(GREEN_FUND, id="bench-2"), replace(GREEN_FUND, id="bench-3", must_not=("10亿",))],
            corpus,
        )
    assert (tmp_path / "questions" / "ours.jsonl").read_bytes() == before


@pytest.mark.parametrize("name", ["", "..", "a/b", "../up", "a b", ".hidden", "a.jsonl", "x" * 61, "a\0b", "a\nb"])
def test_a_name_cannot_lead_out_of_the_folder(name: str, tmp_path: Path, corpus: Corpus) -> None:
    with pytest.raises(EvaluationUnusable, match="cannot name a question set"):
        append_case(tmp_path, name, GREEN_FUND, corpus)
    assert list(tmp_path.iterdir()) == []


def test_a_set_of_the_project_takes_no_question_and_is_not_removed(tmp_path: Path, corpus: Corpus) -> None:
    with pytest.raises(EvaluationUnusable, match="comes with the service"):
        append_case(tmp_path, "dev", GREEN_FUND, corpus)
    with pytest.raises(EvaluationUnusable, match="comes with the service"):
        remove_set(tmp_path, "dev")


def test_a_broken_set_is_listed_and_not_written_over(tmp_path: Path, corpus: Corpus) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "ours.jsonl").write_text('{"id": "x"\n', encoding="utf-8")
    assert question_set(tmp_path, "ours").count == 1
    with pytest.raises(EvaluationUnusable, match=r"ours\.jsonl, row 1: broken JSON"):
        append_case(tmp_path, "ours", GREEN_FUND, corpus)
    assert (folder / "ours.jsonl").read_text(encoding="utf-8") == '{"id": "x"\n'


def test_questions_added_at_the_same_time_are_all_kept(tmp_path: Path, corpus: Corpus) -> None:
    def add(number: int) -> None:
        append_case(tmp_path, "ours", replace(GREEN_FUND, id=f"bench-{number}"), corpus)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    assert {case.id for case in load_cases([question_set(tmp_path, "ours").path])} == {f"bench-{n}" for n in range(8)}


def test_a_lock_that_is_never_let_go_ends_in_a_sentence(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "questions").mkdir()
    monkeypatch.setattr(sets, "LOCK_WAIT", 0.01)
    with (
        FileLock(tmp_path / "questions" / ".lock"),
        ThreadPoolExecutor(1) as elsewhere,
        pytest.raises(EvaluationUnusable, match="are being changed"),
    ):
        elsewhere.submit(append_case, tmp_path, "ours", GREEN_FUND, corpus).result()


def test_a_write_that_fails_leaves_the_set_as_it_was(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_case(tmp_path, "ours", GREEN_FUND, corpus)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EvaluationUnusable, match="No space left on device"):
        append_case(tmp_path, "ours", replace(GREEN_FUND, id="bench-2"), corpus)
    assert load_cases([tmp_path / "questions" / "ours.jsonl"]) == (GREEN_FUND,)
    assert {path.name for path in (tmp_path / "questions").iterdir()} == {".lock", "ours.jsonl"}


def test_a_free_id_follows_the_highest(tmp_path: Path, corpus: Corpus) -> None:
    assert free_id(tmp_path, "bench") == "bench-1"
    append_case(tmp_path, "one", GREEN_FUND, corpus)
    append_case(tmp_path, "two", replace(GREEN_FUND, id="bench-12"), corpus)
    append_case(tmp_path, "two", replace(GREEN_FUND, id="bench-last"), corpus)
    assert free_id(tmp_path, "bench") == "bench-13"


def test_a_set_is_removed(tmp_path: Path, corpus: Corpus) -> None:
    append_case(tmp_path, "ours", GREEN_FUND, corpus)
    remove_set(tmp_path, "ours")
    with pytest.raises(EvaluationUnusable, match='no question set "ours"'):
        remove_set(tmp_path, "ours")
    with pytest.raises(EvaluationUnusable, match='no question set "ours"'):
        question_set(tmp_path, "ours")


def test_what_is_kept_reads_back_as_a_question_file(
    tmp_path: Path, corpus: Corpus, question_set: Callable[..., Path]
) -> None:
    case = Case("bench-9", ("先说补贴", "那“包头”呢\n？"), kind="unanswerable:near-miss", type="t", difficulty="easy")
    kept = append_case(tmp_path, "ours", case, corpus)
    assert load_cases([kept.path]) == load_cases([question_set(json.loads(kept.path.read_text(encoding="utf-8")))])


def test_a_whole_set_takes_the_place_of_the_one_of_its_name(tmp_path: Path, corpus: Corpus) -> None:
    append_cases(tmp_path, "ours", [GREEN_FUND, replace(GREEN_FUND, id="bench-2")], corpus)
    saved = save_set(tmp_path, "ours", [replace(GREEN_FUND, id="bench-2", note="改过")], corpus)
    assert saved.count == 1
    assert [case.note for case in load_cases([saved.path])] == ["改过"]


# ── One question changed, and what somebody else changed meanwhile ─────────────────────────────


@pytest.fixture
def ours(tmp_path: Path, corpus: Corpus) -> Path:
    return append_cases(tmp_path, "ours", [GREEN_FUND, replace(GREEN_FUND, id="bench-2")], corpus).path


def test_one_question_is_changed_in_its_place(tmp_path: Path, corpus: Corpus, ours: Path) -> None:
    other = replace(GREEN_FUND, id="renamed", note="改过")
    change_case(tmp_path, "ours", "bench-1", other, corpus, case_mark(GREEN_FUND))
    assert load_cases([ours]) == (other, replace(GREEN_FUND, id="bench-2"))


def test_a_change_at_fault_leaves_the_set_as_it_was(tmp_path: Path, corpus: Corpus, ours: Path) -> None:
    before = ours.read_bytes()
    for change, words in (({"id": "bench-2"}, "stands in the set"), ({"must_not": ("10亿",)}, "is forbidden")):
        with pytest.raises(EvaluationUnusable, match=words):
            change_case(tmp_path, "ours", "bench-1", replace(GREEN_FUND, **change), corpus, case_mark(GREEN_FUND))
    assert ours.read_bytes() == before


@pytest.mark.parametrize("gone", [True, False])
def test_what_somebody_else_changed_is_not_written_over(tmp_path: Path, corpus: Corpus, ours: Path, gone: bool) -> None:
    opened = case_mark(GREEN_FUND)
    if gone:
        remove_case(tmp_path, "ours", "bench-1", opened)
    else:
        change_case(tmp_path, "ours", "bench-1", replace(GREEN_FUND, note="甲"), corpus, opened)
    before = ours.read_bytes()
    with pytest.raises(ChangedMeanwhile):
        change_case(tmp_path, "ours", "bench-1", replace(GREEN_FUND, note="乙"), corpus, opened)
    with pytest.raises(ChangedMeanwhile):
        remove_case(tmp_path, "ours", "bench-1", opened)
    assert ours.read_bytes() == before


def test_with_the_last_question_the_set_goes(tmp_path: Path, ours: Path) -> None:
    for case in load_cases([ours]):
        remove_case(tmp_path, "ours", case.id, case_mark(case))
    assert not ours.exists()
    assert [one.name for one in question_sets(tmp_path) if one.writable] == []


def test_a_set_that_somebody_changed_is_neither_replaced_nor_removed(
    tmp_path: Path, corpus: Corpus, ours: Path
) -> None:
    opened = set_mark(tmp_path, "ours")
    append_case(tmp_path, "ours", replace(GREEN_FUND, id="bench-3"), corpus)
    with pytest.raises(ChangedMeanwhile):
        save_set(tmp_path, "ours", [GREEN_FUND], corpus, opened)
    with pytest.raises(ChangedMeanwhile):
        remove_set(tmp_path, "ours", opened)
    assert len(load_cases([ours])) == 3
    remove_set(tmp_path, "ours", set_mark(tmp_path, "ours"))
    assert set_mark(tmp_path, "ours") == ""
    append_case(tmp_path, "new", GREEN_FUND, corpus)  # somebody makes one of that name in between
    with pytest.raises(ChangedMeanwhile):
        save_set(tmp_path, "new", [GREEN_FUND], corpus, "")


def test_a_set_of_the_project_has_no_question_changed(tmp_path: Path, corpus: Corpus) -> None:
    with pytest.raises(EvaluationUnusable, match="comes with the service"):
        change_case(tmp_path, "dev", "A003", GREEN_FUND, corpus, "")
    with pytest.raises(EvaluationUnusable, match="comes with the service"):
        remove_case(tmp_path, "dev", "A003", "")
