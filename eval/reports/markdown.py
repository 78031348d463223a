"""A run as ``report.md``: the figures and the wrong questions, for a pull request or a mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.reports.question_card import faults_of
from eval.reports.rows import GROUPING_TITLES, group_rows, metric_rows
from eval.runs.run_folder import Run
from eval.runs.token_cost import token_cost_text
from eval.scoring.summary import SHOWN, Group

MOST_WRONG = 2000
"""Lines; who has more wrong questions reads ``results.jsonl``."""


def markdown(run: Run, groups: Sequence[Group]) -> str:
    """The text. What people typed is neither Markdown nor HTML in it."""
    names = "、".join(item["name"] for item in run.about["questions"])
    facts = f"提问日 as of {run.about['as_of']} · 语料 corpus {run.about['corpus'][:12]} · {run.about['seconds']} s"
    lines = [
        "# 评测报告 Evaluation report",
        "",
        f"{flat(names)} · {groups[0].size} 题 questions · {facts}",
        *(["", flat(line)] if (line := token_cost_text(run.about.get("model"))) else []),
        "",
        "| 指标 metric | 值 value | 95 % | n |",
        "|---|---|---|---|",
        *(f"| {row.label} | {row.value} | {row.interval} | {row.n} |" for row in metric_rows(groups[0].estimates)),
    ]
    for grouping, title in GROUPING_TITLES.items():
        lines += ["", f"## {title}", "", *_group_table(groups, grouping)]
    return "\n".join([*lines, "", *_wrong_questions(run)]) + "\n"


def _group_table(groups: Sequence[Group], grouping: str) -> Iterator[str]:
    heads = [head for _, head in SHOWN]
    yield f"| | n | {' | '.join(heads)} |"
    yield "|---" * (len(heads) + 2) + "|"
    for name, size, cells in group_rows(groups, grouping):
        yield f"| {flat(name)} | {size} | {' | '.join(value for value, _ in cells)} |"


def _wrong_questions(run: Run) -> Iterator[str]:
    wrong = [(case, faults) for case in run.cases.values() if (faults := faults_of(run.scores[case.id]))]
    yield f"## 出错的题 Wrong questions ({len(wrong)})"
    yield ""
    for case, faults in wrong[:MOST_WRONG]:
        yield f"- **{flat(case.id)}** {flat(case.turns[-1])} — {'；'.join(faults)}"


def flat(text: str) -> str:
    """One line without Markdown or HTML in it."""
    line = " ".join(text.split())
    for mark in "\\`*_{}[]<>#|":
        line = line.replace(mark, f"\\{mark}")
    return line
