"""The approval of a draft: who asked for it and of what state, and what another account said.

It lies beside the texts of the draft, ``approval.json``, and goes with it; the audit log keeps what was said. An
approval is of one state: of all files of the draft, of its questions with their known answers, and of the version
that publishing it would replace.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from eval.sets.draft_questions import read_questions
from eval.sets.question_sets import case_mark
from ingest.corpus.draft import Draft, draft_folder, draft_place
from ingest.corpus.versions import file_digests, published_over
from ingest.errors import DraftUnusable

FILE = "approval.json"


class Verdict(StrEnum):
    """What the other account said."""

    WAITING = "waiting"  # nothing yet
    APPROVED = "approved"
    REFUSED = "refused"


class Standing(StrEnum):
    """How a draft stands."""

    NONE = "none"  # nobody asked
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    CHANGED = "changed"  # it, or what serves, is another one than was asked for or approved


class Approval(BaseModel):
    """One, asked for or given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    at: AwareDatetime
    note: str  # what is different, for whoever approves
    state: str
    verdict: Verdict = Verdict.WAITING
    by: str = ""
    decided_at: AwareDatetime | None = None
    words: str = ""


def state_of(corpus: Path, home: Path, draft: Draft, texts: Path | None = None) -> str:
    """Of ``texts``, else those of the draft, that are to serve with the questions of the draft.

    Another one when a file or a question changed, or when another version serves now. Raises EvaluationUnusable.
    """
    published = published_over(corpus, home)
    questions = read_questions(draft_place(home, draft))
    marks = [(case_mark(case), str(questions.instead.get(case.id, ""))) for case in questions.cases]
    files = sorted(file_digests(texts or draft_folder(home, draft)).items())
    # The name of their set says nothing where there are none.
    seen = (published.serving if published else "", files, marks, questions.set_name if marks else "")
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def approval_of(home: Path, draft: Draft) -> Approval | None:
    """What was asked for last; None when nothing was, or what is there cannot be read."""
    try:
        return Approval.model_validate_json((draft_place(home, draft) / FILE).read_bytes())
    except (OSError, ValidationError):
        return None


def keep_approval(home: Path, draft: Draft, approval: Approval) -> None:
    """Keep it in place of the last one. Raises DraftUnusable when the draft is gone or the disk is full."""
    place = draft_place(home, draft)
    aside = place / f".{FILE}.{secrets.token_hex(4)}"
    try:
        aside.write_text(approval.model_dump_json(indent=1) + "\n", encoding="utf-8")
        aside.replace(place / FILE)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise DraftUnusable("web.approval_cannot_be_kept", reason=error.strerror or error) from error


def standing_of(corpus: Path, home: Path, draft: Draft) -> Standing:
    """How a draft stands now."""
    kept = approval_of(home, draft)
    if kept is None:
        return Standing.NONE
    if kept.verdict is Verdict.REFUSED:
        return Standing.REFUSED
    if kept.state != state_of(corpus, home, draft):
        return Standing.CHANGED
    return Standing(kept.verdict.value)


LACKS: Mapping[Standing, str] = {
    Standing.NONE: "web.approval_not_asked",
    Standing.WAITING: "web.approval_waits",
    Standing.REFUSED: "web.approval_was_refused",
    Standing.CHANGED: "web.approval_of_another_state",
}


def check_approved(corpus: Path, home: Path, draft: Draft, texts: Path | None = None) -> None:
    """See that ``texts``, else those of the draft, are what another account approved. Raises DraftUnusable."""
    standing = standing_of(corpus, home, draft)
    if standing in LACKS:
        raise DraftUnusable(LACKS[standing])
    kept = approval_of(home, draft)
    if texts is not None and (kept is None or kept.state != state_of(corpus, home, draft, texts)):
        raise DraftUnusable(LACKS[Standing.CHANGED])
