"""What a draft changes is kept as it was, and a broken file is as none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.pipeline import PolicyBot
from bot.types import Question
from eval.studies.impact import Asking, measure_impact
from tests.web.conftest import TODAY
from web.staff.approvals.impact_file import FILE, KeptImpact, keep_impact, kept_impact


def test_it_comes_back_as_it_was_kept(policy_bot: PolicyBot, tmp_path: Path) -> None:
    asked = [Asking("own W1", Question(("高企首次认定奖励多少？",), date(2026, 11, 22)))]
    impact = measure_impact(asked, policy_bot, policy_bot, TODAY, lambda done, total: None)
    kept = KeptImpact("f" * 64, datetime(2026, 11, 22, tzinfo=UTC), impact)
    keep_impact(tmp_path, kept)
    assert kept_impact(tmp_path) == kept


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"fingerprint": 1}'])
def test_what_cannot_be_read_is_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    assert kept_impact(tmp_path) is None
