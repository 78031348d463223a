"""A run as a page to read: ``report.html``, one file that needs no network, and ``report.md`` for a pull request."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.cases import Case
from eval.intervals import Estimate
from eval.metrics import first_ranks, points_said, squeeze
from eval.results import Given, Result
from eval.run_folder import Run
from eval.scoring import METRIC_BY_NAME, Scores
from eval.spent import spent_text
from eval.summary import GROUPINGS, LATENCIES, SHOWN, UNNAMED, Estimates, Group, shown, summarise

TEMPLATE = "report_template.html"

MOST_QUESTIONS = 2000
"""More on one page make a browser slow (some 15 kB each); the wrong ones come first."""

GROUPING_TITLES = {
    "kind": "按类别 By kind",
    "type": "按问法 By type",
    "difficulty": "按难度 By difficulty",
    "lang": "按语言 By language",
}
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

HISTOGRAM_BARS = 40
HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT = 800, 140  # px


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


def write_reports(run: Run) -> tuple[Path, Path]:
    """Write ``report.html`` and ``report.md`` into the run's folder; returns their paths."""
    groups = summarise(list(run.cases.values()), run.scores, run.results)
    page = _written(run.folder.path / "report.html", html(run, groups))
    return page, _written(run.folder.path / "report.md", markdown(run, groups))


def _written(path: Path, text: str) -> Path:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    return aside.replace(path)


def html(run: Run, groups: Sequence[Group]) -> str:
    """The page. Every text is escaped, nothing is loaded from anywhere."""
    cards = [card(case, run.results[case.id], run.scores[case.id]) for case in run.cases.values()]
    listed = cards
    if len(cards) > MOST_QUESTIONS:
        listed = sorted(cards, key=lambda shown_card: not shown_card.faults)[:MOST_QUESTIONS]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    times = [result.given.took_ms for result in run.results.values() if result.given is not None]
    return environment.get_template(TEMPLATE).render(
        about={**run.about, "questions_names": [item["name"] for item in run.about["questions"]]},
        spent=spent_text(run.about.get("model")),
        everything=groups[0],
        overall=list(_overall(groups[0].estimates)),
        heads=[head for _, head in SHOWN],
        groupings=[(GROUPING_TITLES[grouping], list(_group_rows(groups, grouping))) for grouping in GROUPINGS],
        histogram=histogram(times),
        kinds=sorted({shown_card.kind for shown_card in cards}),
        questions=listed,
        left_out=len(cards) - len(listed),
    )


def _overall(estimates: Estimates) -> Iterator[tuple[str, str, str, int]]:
    for name, value in estimates.items():
        if value is not None:
            yield label(name), shown(name, value), _interval(name, value), value.n


def label(metric: str) -> str:
    """The Chinese and the English name of a metric."""
    if metric in LATENCIES:
        return f"用时毫秒 {metric}"
    return f"{METRIC_BY_NAME[metric].zh} {metric}"


def _group_rows(groups: Sequence[Group], grouping: str) -> Iterator[tuple[str, int, list[tuple[str, str]]]]:
    for group in groups:
        if group.grouping == grouping:
            values = [(name, group.estimates[name]) for name, _ in SHOWN]
            yield group.name, group.size, [(shown(name, v), _interval(name, v) if v else "") for name, v in values]


def _interval(metric: str, value: Estimate) -> str:
    low, high = (Estimate(end, end, end, value.n) for end in (value.low, value.high))
    return f"{shown(metric, low)}{UNNAMED}{shown(metric, high)}"


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


def histogram(times: Sequence[float]) -> Mapping[str, object] | None:
    """The bars of a latency histogram as SVG measures; None without times."""
    if not times:
        return None
    low, high = min(times), max(times)
    width = (high - low) / HISTOGRAM_BARS or 1.0
    counts = [0] * HISTOGRAM_BARS
    for time in times:
        counts[min(HISTOGRAM_BARS - 1, math.floor((time - low) / width))] += 1
    unit = HISTOGRAM_HEIGHT / max(counts)
    bar_width = HISTOGRAM_WIDTH / HISTOGRAM_BARS
    bars = [
        {
            "x": round(i * bar_width, 1),
            "y": round(HISTOGRAM_HEIGHT - count * unit, 1),
            "width": round(bar_width - 1, 1),
            "height": round(count * unit, 1),
            "title": f"{low + i * width:.0f}–{low + (i + 1) * width:.0f} ms: {count}",
        }
        for i, count in enumerate(counts)
    ]
    return {
        "width": HISTOGRAM_WIDTH,
        "height": HISTOGRAM_HEIGHT,
        "bars": bars,
        "first": f"{low:.0f} ms",
        "last": f"{high:.0f} ms",
    }


# ── Markdown ───────────────────────────────────────────────────────────────────────────────────


def markdown(run: Run, groups: Sequence[Group]) -> str:
    """The figures and the wrong questions, for a pull request or a mail."""
    names = "、".join(item["name"] for item in run.about["questions"])
    facts = f"提问日 as of {run.about['as_of']} · 语料 corpus {run.about['corpus'][:12]} · {run.about['seconds']} s"
    lines = [
        "# 评测报告 Evaluation report",
        "",
        f"{names} · {groups[0].size} 题 questions · {facts}",
        *(["", _md(line)] if (line := spent_text(run.about.get("model"))) else []),
        "",
        "| 指标 metric | 值 value | 95 % | n |",
        "|---|---|---|---|",
        *(f"| {name} | {value} | {interval} | {n} |" for name, value, interval, n in _overall(groups[0].estimates)),
    ]
    for grouping in GROUPINGS:
        heads = [head for _, head in SHOWN]
        lines += [
            "",
            f"## {GROUPING_TITLES[grouping]}",
            "",
            f"| | n | {' | '.join(heads)} |",
            "|---" * (len(heads) + 2) + "|",
        ]
        for name, size, cells in _group_rows(groups, grouping):
            lines.append(f"| {_md(name)} | {size} | {' | '.join(value for value, _ in cells)} |")
    wrong = [(case, faults) for case in run.cases.values() if (faults := faults_of(run.scores[case.id]))]
    lines += ["", f"## 出错的题 Wrong questions ({len(wrong)})", ""]
    for case, faults in wrong[:MOST_QUESTIONS]:
        lines.append(f"- **{_md(case.id)}** {_md(case.turns[-1])} — {'；'.join(faults)}")
    return "\n".join(lines) + "\n"


def _md(text: str) -> str:
    """One line without Markdown or HTML in it."""
    flat = " ".join(text.split())
    for mark in "\\`*_{}[]<>#|":
        flat = flat.replace(mark, f"\\{mark}")
    return flat
