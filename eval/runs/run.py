"""Ask every question of a question set and keep what came back, line by line.

One crashed question is a row with its error; a killed run has lost the questions in hand and nothing else.
"""

from __future__ import annotations

import json
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Protocol

from tqdm import tqdm

from bot.output.json_form import answer_json
from bot.types import Answer, Question
from eval.cases.cases import Case
from eval.runs.run_folder import RunFolder, begin, read_results, take_up, write_json
from eval.scoring.results import Result, result_from_row
from eval.scoring.scoring import RETRIEVED, Yardstick, score
from eval.scoring.summary import Group, summarise, summary_json
from index.types import Hit
from ingest.types import Corpus


class Answerer(Protocol):
    """What is measured: the bot, or anything that searches and answers like it."""

    @property
    def corpus(self) -> Corpus: ...

    def retrieve(self, question: Question, top_k: int) -> list[Hit]: ...

    def ask(self, question: Question) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """How the questions are asked."""

    as_of: date
    retrieval_only: bool = False
    workers: int = 1


Watch = Callable[[int, int], None]
"""Told after each question how many are done, and of how many. What it raises ends the run, which can be resumed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line for ``results.jsonl`` and, of a crashed question, its traceback."""

    fields: Mapping[str, object]
    crash: str | None = None


def run(
    folder: RunFolder,
    cases: tuple[Case, ...],
    answerer: Answerer,
    plan: Plan,
    about: Mapping[str, object],
    resume: bool = False,
    watch: Watch | None = None,
) -> tuple[Group, ...]:
    """Ask, keep, score, sum up; returns the summary. Without ``watch`` a bar on stderr shows how far it is.

    ``about`` says what is run (see :func:`eval.runs.run_folder.take_up` for what has to be the same when an interrupted
    run is taken up again). Raises EvaluationUnusable for a folder that cannot be used.
    """
    done: frozenset[str] = frozenset()
    if resume and folder.about.exists():
        done = frozenset(take_up(folder, about))
    else:
        begin(folder, cases, about)
    left = [case for case in cases if case.id not in done]
    if watch is None:
        with tqdm(total=len(cases), initial=len(done), unit="question", desc="eval", smoothing=0) as bar:
            _answer_all(folder, left, answerer, plan, bar.update)
    else:
        watch(len(done), len(cases))
        steps = count(len(done) + 1)
        _answer_all(folder, left, answerer, plan, lambda: watch(next(steps), len(cases)))
    return judge(folder, cases, Yardstick(answerer.corpus))


def judge(folder: RunFolder, cases: Sequence[Case], stick: Yardstick) -> tuple[Group, ...]:
    """Score the results of a run and write ``scores.jsonl`` and ``summary.json``; returns the summary."""
    by_id: dict[str, Result] = {result.id: result for result in read_results(folder.results)}
    scores = {case.id: score(case, by_id[case.id], stick) for case in cases}
    with folder.scores.open("w", encoding="utf-8") as file:
        for identity, values in scores.items():
            file.write(json.dumps({"id": identity, "scores": values}, ensure_ascii=False) + "\n")
    groups = summarise(cases, scores, by_id)
    write_json(folder.summary, summary_json(groups))
    return groups


def _answer_all(
    folder: RunFolder, cases: Sequence[Case], answerer: Answerer, plan: Plan, told: Callable[[], object]
) -> None:
    with folder.results.open("a", encoding="utf-8") as results:
        for row in _in_order(cases, lambda case: _row(case, answerer, plan), plan.workers):
            results.write(json.dumps(row.fields, ensure_ascii=False) + "\n")
            results.flush()
            if row.crash is not None:
                with folder.crashes.open("a", encoding="utf-8") as crashes:
                    crashes.write(f"── {row.fields['id']}\n{row.crash}\n")
            told()


def _in_order(cases: Iterable[Case], ask: Callable[[Case], Row], workers: int) -> Iterator[Row]:
    """The rows in the order of the questions, with never more than ``workers`` questions in hand."""
    in_hand: deque[tuple[Case, Future[Row]]] = deque()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for case in cases:
            if len(in_hand) == workers:
                yield _kept(*in_hand.popleft())
            in_hand.append((case, pool.submit(ask, case)))
        while in_hand:
            yield _kept(*in_hand.popleft())


def _kept(case: Case, asked: Future[Row]) -> Row:
    """The row of a question; one that crashed, for whatever reason, is a row too."""
    crash = asked.exception()
    if crash is None:
        return asked.result()
    if not isinstance(crash, Exception):
        raise crash
    fields: dict[str, object] = {
        "id": case.id,
        "retrieved": [],
        "answer": None,
        "error": f"{type(crash).__name__}: {crash}",
    }
    return Row(fields, "".join(traceback.format_exception(crash)))


def _row(case: Case, answerer: Answerer, plan: Plan) -> Row:
    question = case.question(plan.as_of)
    hits = answerer.retrieve(question, RETRIEVED)
    fields: dict[str, object] = {
        "id": case.id,
        "retrieved": [{"clause_id": hit.clause.id, "text": hit.clause.text} for hit in hits],
        "answer": None if plan.retrieval_only else answer_json(answerer.ask(question)),
    }
    if any(asked := case.earlier_questions(plan.as_of)) and not plan.retrieval_only:
        fields["turns"] = [None if turn is None else answer_json(answerer.ask(turn)) for turn in asked]
    result_from_row(fields)  # what cannot be read back is a crash of this question, not of the summary
    return Row(fields)
