"""A few killed builds; `python -m index kills` does two hundred."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.measure.killed_builds import KilledBuilds, kill_builds

TEXT = "关于支持企业的若干措施\n\n一、对首次认定的高新技术企业给予30万元奖励。\n\n二、对全职引进的博士给予20万元安家补贴。\n"


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_an_index_serves_after_every_kill(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    outcome = kill_builds(tmp_path, kills=6)
    assert (outcome.kills, outcome.served, outcome.faults) == (6, 6, ())
    assert isinstance(outcome, KilledBuilds)
