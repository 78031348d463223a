"""What a change of the corpus does, to read: lines for the terminal, and a page with both answers side by side."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.runs.run_folder import write_json
from eval.studies.impact import Change, Impact, Quoted, Turned, Version, impact_json
from ingest.errors import EvaluationUnusable
from ingest.types import Clause, Corpus

TEMPLATE = "impact_template.html"
PART_WORDS = {"status": "答否", "body": "正文", "notices": "提示", "citations": "引用"}
TURN_WORDS = {
    Turned.BROKEN: "对→错 right → wrong",
    Turned.MENDED: "错→对 wrong → right",
    Turned.STILL_WRONG: "仍错 still wrong",
    Turned.STILL_RIGHT: "仍对 still right",
}
STATUS_WORDS = {"answered": "答 answered", "declined": "拒 declined", "crashed": "出错 crashed"}
SHOWN_QUESTION = 60  # characters of a question in a line of the terminal

WORD = re.compile(r"[\d.,]+|[A-Za-z]+|.", re.DOTALL)

Segments = tuple[tuple[str, bool], ...]
"""Pieces of a text, each with whether the other version lacks it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One version of an answer, as the page shows it."""

    state: str  # answered, declined or crashed
    reason: str | None
    body: Segments
    notices: tuple[tuple[str, bool], ...]
    citations: tuple[tuple[str, bool, Segments], ...]  # where, is it new there, the words quoted

    @property
    def status(self) -> str:
        """How it was answered, in both languages."""
        return STATUS_WORDS[self.state] + (f" · {self.reason}" if self.reason else "")


@dataclass(frozen=True, slots=True)
class ClausePair:
    """One clause that differs: empty where it is not."""

    address: str
    before: Segments
    after: Segments


def impact_text(impact: Impact, most_changes: int) -> str:
    """What the terminal shows; the page shows the rest."""
    clauses = impact.clauses
    differences = f"{len(clauses.changed)} clauses changed, {len(clauses.new)} new, {len(clauses.gone)} gone"
    lines = [
        f"corpus {impact.before[:12]} → {impact.after[:12]}: {differences}",
        f"{impact.asked} questions asked of both on {impact.as_of}",
    ]
    told = [
        f"{impact.turns[turn]} {words.partition(' ')[2]}" for turn, words in TURN_WORDS.items() if impact.turns[turn]
    ]
    lines.extend([f"questions with known answers: {', '.join(told)}"] if told else [])
    for change in impact.changes[:most_changes]:
        about = ", ".join(
            [*([TURN_WORDS[change.turned].partition(" ")[2]] if change.turned in TURN_WORDS else []), *change.parts]
        )
        lines.append(f"  {change.asking.origin:12} {_flat(change.asking.question.last)}  ({about})")
        lines.extend(f"    {sign} {words}" for sign, words in _moved(change))
    if len(impact.changes) > most_changes:
        lines.append(f"  … and {len(impact.changes) - most_changes} more")
    plural = "answer" if len(impact.changes) == 1 else "answers"
    lines.append(f"this amendment changes {len(impact.changes)} {plural}")
    return "\n".join(lines)


def _flat(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_QUESTION else f"{line[:SHOWN_QUESTION]}…"


def _moved(change: Change) -> list[tuple[str, str]]:
    if "status" in change.parts or "body" in change.parts:
        return [("-", _body(change.before)), ("+", _body(change.after))]
    before, after = _lines(change.before), _lines(change.after)
    return [
        *(("-", line) for line in before if line not in after),
        *(("+", line) for line in after if line not in before),
    ]


def _body(version: Version) -> str:
    if version.error is not None:
        return f"crashed: {version.error}"
    return version.body if version.status == "answered" else f"declined ({version.reason}): {version.body}"


def _lines(version: Version) -> list[str]:
    cited = [f"{quoted.document} {quoted.address}：{' … '.join(quoted.quotes)}" for quoted in version.citations]
    return [*version.notices, *cited]


def write_impact(impact: Impact, before: Corpus, after: Corpus, folder: Path) -> tuple[Path, Path]:
    """Write ``impact.html``, one file that needs no network, and ``impact.json``; returns their paths.

    Raises EvaluationUnusable when the folder cannot be written.
    """
    page, data = folder / "impact.html", folder / "impact.json"
    aside = page.with_name(f".{page.name}.{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_json(data, impact_json(impact))
        aside.write_text(impact_html(impact, before, after), encoding="utf-8")
        aside.replace(page)
    except OSError as error:
        raise EvaluationUnusable("eval.report_cannot_be_written", folder=folder, reason=error.strerror) from error
    return page, data


def impact_html(impact: Impact, before: Corpus, after: Corpus) -> str:
    """The page. Every text is escaped, nothing is loaded from anywhere."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1]), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(TEMPLATE).render(
        impact=impact,
        clauses=clause_pairs(impact, before, after),
        parts=Counter(part for change in impact.changes for part in change.parts),
        part_words=PART_WORDS,
        turn_words=TURN_WORDS,
        changes=[(change, *sides(change.before, change.after)) for change in impact.changes],
    )


def clause_pairs(impact: Impact, before: Corpus, after: Corpus) -> list[ClausePair]:
    """The clauses that differ, with their old and new words."""
    pairs: list[ClausePair] = []
    for identity in impact.clauses.changed:
        old, new = before.clause_by_id[identity], after.clause_by_id[identity]
        pairs.append(ClausePair(_place(new, after), *marked(old.text, new.text)))
    for identity in impact.clauses.new:
        clause = after.clause_by_id[identity]
        pairs.append(ClausePair(_place(clause, after), (), ((clause.text, True),)))
    for identity in impact.clauses.gone:
        clause = before.clause_by_id[identity]
        pairs.append(ClausePair(_place(clause, before), ((clause.text, True),), ()))
    return pairs


def _place(clause: Clause, corpus: Corpus) -> str:
    return f"{corpus.document_of(clause).title} {clause.address}".strip()


def sides(before: Version, after: Version) -> tuple[Side, Side]:
    """Both versions with what the other lacks marked."""
    old_body, new_body = marked(before.error or before.body, after.error or after.body)
    return _side(before, after, old_body), _side(after, before, new_body)


def _side(version: Version, other: Version, body: Segments) -> Side:
    places = {_cited_place(quoted) for quoted in other.citations}
    words = {quote for quoted in other.citations for quote in quoted.quotes}
    cited = [
        (
            _cited_place(quoted),
            _cited_place(quoted) not in places,
            tuple((quote, quote not in words) for quote in quoted.quotes),
        )
        for quoted in version.citations
    ]
    return Side(
        state=version.status,
        reason=version.reason,
        body=body,
        notices=tuple((notice, notice not in other.notices) for notice in version.notices),
        citations=tuple(cited),
    )


def _cited_place(quoted: Quoted) -> str:
    return f"{quoted.document} {quoted.address}".strip()


def marked(before: str, after: str) -> tuple[Segments, Segments]:
    """Two texts cut into pieces, those the other lacks marked; a number or a Latin word is never cut."""
    first, second = WORD.findall(before), WORD.findall(after)
    old: list[tuple[str, bool]] = []
    new: list[tuple[str, bool]] = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        old.append(("".join(first[a:b]), kind != "equal"))
        new.append(("".join(second[c:d]), kind != "equal"))
    return _without_empty(old), _without_empty(new)


def _without_empty(pieces: Sequence[tuple[str, bool]]) -> Segments:
    return tuple(piece for piece in pieces if piece[0])
