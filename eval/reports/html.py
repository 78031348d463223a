"""A run as a page to read: ``report.html``, one file that needs no network, and ``report.md`` beside it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.reports.markdown import markdown
from eval.reports.question_card import card, faults_of
from eval.reports.rows import GROUPING_TITLES, by_part, group_heads, group_rows, metric_rows
from eval.runs.conditions import NAMES, conditions_of
from eval.runs.run_folder import Run
from eval.runs.token_cost import token_cost_text
from eval.scoring.histogram import histogram
from eval.scoring.summary import Group, summarise

__all__ = ["faults_of", "html", "write_reports"]

TEMPLATE = "report_template.html"

MOST_QUESTIONS = 2000
"""More on one page make a browser slow (some 9 kB each); the wrong ones come first."""

HEADLINES = (
    "answer-right",
    "recall@5",
    "citation-recall",
    "quote-fidelity",
    "unsupported-figures",
    "declined-rightly",
    "declined-falsely",
    "took-ms-p50",
    "took-ms-p95",
)
"""What is read first, at the top of the page."""


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
    rows = list(metric_rows(groups[0].estimates))
    times = [result.given.took_ms for result in run.results.values() if result.given is not None]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1]), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(TEMPLATE).render(
        about=run.about,
        spent=token_cost_text(run.about.get("model")),
        everything=groups[0],
        wrong=sum(bool(shown_card.faults) for shown_card in cards),
        headlines=[row for name in HEADLINES for row in rows if row.name == name],
        parts=by_part(rows),
        heads=group_heads(),
        groupings=[(title, list(group_rows(groups, grouping))) for grouping, title in GROUPING_TITLES.items()],
        histogram=histogram(times),
        faults=Counter(fault for shown_card in listed for fault in shown_card.faults).most_common(),
        kinds=sorted(Counter(shown_card.kind for shown_card in listed).items()),
        questions=listed,
        left_out=len(cards) - len(listed),
        conditions=conditions_table(run.about),
    )


def conditions_table(about: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What decides an answer besides the questions: name and value of each condition, then the versions."""
    known = [(NAMES[name], value) for name, value in conditions_of(about).items()]
    return [*known, *((str(name), str(value)) for name, value in about["versions"].items() if value is not None)]
