"""One question of a run as a report shows it: what was answered, what was to be said, the evidence in the clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.cases.cases import Case
from eval.scoring.metrics import first_ranks, points_said, squeeze
from eval.scoring.results import Given, Result
from eval.scoring.scoring import METRIC_BY_NAME, Scores
from eval.scoring.summary import UNNAMED

SIGNS_OF_FAULT = {
    "answer-right": "答案不全 incomplete answer",
    "declined-rightly": "应拒未拒 should have declined",
    "declined-falsely": "误拒 declined falsely",
    "forbidden-said": "说了禁语 forbidden words",
    "unsupported-figures": "无据数字 unsupported figure",
    "quote-fidelity": "引文有误 unfaithful quote",
    "crashed": "出错 crashed",
}
"""A question is wrong when one of these is at its worse end; search is judged only where nothing was answered."""

SEARCH_FAULT = ("all-evidence@10", "证据未找全 evidence missed")


@dataclass(frozen=True, slots=True)
class MarkedClause:
    """A clause with the evidence in it marked: its text in segments, each marked or not."""

    clause_id: str
    segments: tuple[tuple[str, bool], ...]
    n: int = 0
    document: str = ""
    address: str = ""
    page: int | None = None

    @property
    def is_evidence(self) -> bool:
        return any(is_marked for _, is_marked in self.segments)


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """Everything the page shows of one question."""

    id: str
    kind: str
    type: str
    difficulty: str
    lang: str
    turns: tuple[str, ...]
    note: str
    error: str | None
    declined: bool
    reason: str | None
    body: str | None
    notices: tuple[str, ...]
    points: tuple[tuple[str, bool], ...]
    evidence: tuple[tuple[str, str, int | None], ...]
    citations: tuple[MarkedClause, ...]
    retrieved: tuple[MarkedClause, ...]
    faults: tuple[str, ...]
    repeat: int
    took_ms: float | None


def card(case: Case, result: Result, scores: Scores) -> QuestionCard:
    """What the page shows of one question."""
    quotes = [item.quote for item in case.evidence]
    ranks = first_ranks(case, [item.text for item in result.retrieved])
    given = result.given
    return QuestionCard(
        id=case.id,
        kind=case.kind or UNNAMED,
        type=case.type or UNNAMED,
        difficulty=case.difficulty or UNNAMED,
        lang=case.lang,
        turns=case.turns,
        note=case.note,
        error=result.error,
        declined=given is not None and given.declined,
        reason=given.reason if given else None,
        body=given.body if given else None,
        notices=given.notices if given else (),
        points=_points(case, given),
        evidence=tuple(
            (item.quote, f"{item.doc} {item.locator}".strip(), rank)
            for item, rank in zip(case.evidence, ranks, strict=True)
        ),
        citations=tuple(
            MarkedClause(c.clause_id, segments(c.text, quotes), c.n, c.document, c.address, c.page)
            for c in (given.citations if given else ())
        ),
        retrieved=tuple(MarkedClause(item.clause_id, segments(item.text, quotes)) for item in result.retrieved),
        faults=faults_of(scores),
        repeat=case.repeat,
        took_ms=given.took_ms if given else None,
    )


def _points(case: Case, given: Given | None) -> tuple[tuple[str, bool], ...]:
    if given is None:
        return ()
    said = points_said(case.answer, given.body)
    return tuple((" / ".join(point), is_said) for point, is_said in zip(case.answer, said, strict=True))


def faults_of(scores: Scores) -> tuple[str, ...]:
    """Why a question counts as wrong; empty when it does not."""
    faults = [words for name, words in SIGNS_OF_FAULT.items() if _is_worse_end(name, scores.get(name))]
    search, words = SEARCH_FAULT
    is_search_only = scores.get("answer-right") is None and scores.get("declined-rightly") is None
    if is_search_only and _is_worse_end(search, scores.get(search)):
        faults.append(words)
    return tuple(faults)


def _is_worse_end(metric: str, value: float | None) -> bool:
    if value is None:
        return False
    return value < 1 if METRIC_BY_NAME[metric].better > 0 else value > 0


def segments(text: str, quotes: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text cut where evidence begins and ends; whitespace does not decide whether a quote is found."""
    places = [place for place, mark in enumerate(text) if not mark.isspace()]
    squeezed = squeeze(text)
    is_marked = bytearray(len(text))
    for quote in map(squeeze, quotes):
        start = squeezed.find(quote) if quote else -1
        if start >= 0:
            first, last = places[start], places[start + len(quote) - 1]
            is_marked[first : last + 1] = b"\1" * (last + 1 - first)
    cuts = [0, *(i for i in range(1, len(text)) if is_marked[i] != is_marked[i - 1]), len(text)]
    return tuple((text[a:b], bool(is_marked[a])) for a, b in pairwise(cuts) if a < b)
