"""An approval in its file: what stands there, and what is there when the file cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.corpus.draft import Draft, discard_draft, draft_place, start_draft
from ingest.errors import DraftUnusable
from web.staff.approvals.approval import (
    FILE,
    Approval,
    Standing,
    Verdict,
    approval_of,
    check_approved,
    keep_approval,
    standing_of,
    state_of,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def draft(texts: Path, home: Path) -> Draft:
    return start_draft(texts, home, "wang.li", NOW)


def approved(texts: Path, home: Path, draft: Draft) -> Approval:
    state = state_of(texts, home, draft)
    return Approval(who="wang.li", at=NOW, note="", state=state, verdict=Verdict.APPROVED, by="li.na", decided_at=NOW)


def test_an_approval_is_kept_with_its_draft(texts: Path, home: Path, draft: Draft) -> None:
    assert standing_of(texts, home, draft) is Standing.NONE
    given = approved(texts, home, draft)
    keep_approval(home, draft, given)
    assert approval_of(home, draft) == given
    check_approved(texts, home, draft)
    discard_draft(home, draft)
    with pytest.raises(DraftUnusable, match="still there"):
        keep_approval(home, draft, given)


def test_other_texts_than_those_approved_are_refused(texts: Path, home: Path, draft: Draft, tmp_path: Path) -> None:
    keep_approval(home, draft, approved(texts, home, draft))
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("一、给予奖励。")
    with pytest.raises(DraftUnusable, match="does not count"):
        check_approved(texts, home, draft, other)


def test_a_broken_file_approves_nothing(texts: Path, home: Path, draft: Draft) -> None:
    (draft_place(home, draft) / FILE).write_text('{"verdict": "approved"}')
    assert approval_of(home, draft) is None
    with pytest.raises(DraftUnusable, match="ask for it first"):
        check_approved(texts, home, draft)
