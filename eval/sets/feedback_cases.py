"""From a bad answer to a test: turns that were thumbed down or corrected become drafts of questions.

A draft is for a person to accept: its note begins with a mark, which goes when the person has looked at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from bot.records.store import FILE as RECORDS_FILE
from bot.records.store import Records
from bot.records.types import Feedback, Thumb, Turn
from eval.cases.cases import DRAFT, Case, Evidence
from ingest.database.database import Database
from ingest.errors import EvaluationUnusable
from ingest.facts.figures import find_figures
from ingest.types import Corpus

KIND_OF_ONE_TURN, KIND_OF_MORE = "single", "multi-turn"
SENTENCE_ENDS = re.compile(r"[。；！？;!?\n]+")
# Right before a figure, in the same part of the sentence: the figure is the one that was wrong.
DENIED = re.compile(
    r"(?:不是|不应[是为]|不该[是为]|并非|而非|不再是|错写成|写成了|说成了?|instead of|rather than|\bnot)"
    r"(?:(?!而是|应[是为]|实为|\bbut\b)[^，,。；;：:、]){0,8}$",
    re.IGNORECASE,
)
ID_DIGITS = 8  # of the turn's id, behind the day: enough to find it again


def recorded(home: Path, database: Database | None = None) -> tuple[list[Turn], list[tuple[Turn, Feedback]]]:
    """All turns recorded under ``home`` or in a ``database``, and those complained of; none where nothing was recorded."""
    if database is None and not (home / RECORDS_FILE).is_file():
        return [], []
    records = Records(home, database=database)
    try:
        return list(records.turns()), records.complaints()
    finally:
        records.close()


def draft_cases(complaints: Iterable[tuple[Turn, Feedback]], corpus: Corpus) -> list[Case]:
    """One draft a complaint, in their order.

    Raises EvaluationUnusable when there is none.
    """
    drafts = [draft_case(turn, feedback, corpus) for turn, feedback in complaints]
    if not drafts:
        raise EvaluationUnusable("eval.no_recorded_answer_thumbed_down")
    return drafts


def draft_case(turn: Turn, feedback: Feedback, corpus: Corpus) -> Case:
    """The draft of one turn: the clauses pointed at as evidence, the corrected answer as points."""
    known = [corpus.clause_by_id[id] for id in feedback.clauses if id in corpus.clause_by_id]
    evidence = [Evidence(clause.text, corpus.document_of(clause).title, clause.address) for clause in known]
    return Case(
        id=f"feedback-{turn.asked_at:%Y%m%d}-{turn.id[:ID_DIGITS]}",
        turns=turn.turns,
        lang=str(turn.answer.get("language", "zh")),
        type="feedback",
        difficulty="unrated",
        kind=KIND_OF_MORE if len(turn.turns) > 1 else KIND_OF_ONE_TURN,
        evidence=tuple(evidence),
        answer=tuple((point,) for point in answer_points(feedback.correction)),
        note=_note(turn, feedback, [id for id in feedback.clauses if id not in corpus.clause_by_id]),
    )


def answer_points(correction: str) -> tuple[str, ...]:
    """What a right answer has to say: the figures of the corrected answer, else its sentences.

    A figure that is only named as the wrong one (应为60%，不是30%) is none of them.
    """
    found = find_figures(correction)
    figures = [figure.text for figure in found if not DENIED.search(correction[: figure.span.start])]
    points = figures or [part.strip() for part in SENTENCE_ENDS.split(correction)]
    return tuple(dict.fromkeys(point for point in points if point))


def _note(turn: Turn, feedback: Feedback, gone: list[str]) -> str:
    reason = f" ({turn.reason})" if turn.reason else ""
    parts = [
        DRAFT,
        f"{'👎' if feedback.thumb is Thumb.DOWN else '👍'} {feedback.reason}".strip(),
        feedback.words.strip(),
        f"更正 corrected: {feedback.correction.strip()}" if feedback.correction.strip() else "",
        f"当时 then {turn.status}{reason}: {cast('str', turn.answer.get('answer', ''))}",
        f"提问日 as of {turn.as_of}",
        f"限于 only {turn.level}" if turn.level else "",
        f"已无此条 no longer in the corpus: {', '.join(gone)}" if gone else "",
    ]
    return " · ".join(part for part in parts if part)
