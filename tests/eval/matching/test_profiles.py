from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.matching.profiles import load_profiles
from ingest.errors import EvaluationUnusable

SET = Path(__file__).parents[3] / "eval" / "questions" / "match_dev.jsonl"
ONE = {"quote": "一次性奖励30万元研发经费", "status": "met"}
OTHER = {"quote": "对首次获批的一次性奖励30万元", "status": "open"}


def written(tmp_path: Path, *rows: dict[str, object]) -> Path:
    path = tmp_path / "profiles.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_the_profiles_in_view_are_read() -> None:
    profiles = load_profiles(SET)
    assert len(profiles) == 25
    assert all(profile.benefits and profile.look_alikes for profile in profiles)


def test_money_that_an_overlap_calls_the_same_counts_once(tmp_path: Path) -> None:
    rule = {"quotes": [ONE["quote"], OTHER["quote"]], "rule": "同一项30万元奖励，两份文件各写一次，算一项"}
    row = {"id": "P1", "profile": "我们公司", "benefits": [ONE, OTHER], "overlaps": [rule]}
    (profile,) = load_profiles(written(tmp_path, row))
    assert [(item.quotes, item.status) for item in profile.benefits] == [((ONE["quote"], OTHER["quote"]), "met")]
    apart = {**row, "overlaps": [{**rule, "rule": "从优，就高、不叠加"}]}
    (profile,) = load_profiles(written(tmp_path, apart))
    assert len(profile.benefits) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "P1"}, 'row 1: a profile has an "id"'),
        ({"profile": "我们公司"}, 'row 1: a profile has an "id"'),
        ({"id": "P1", "profile": "我们公司", "benefits": [{"status": "met"}]}, 'row 1: every benefit has a "quote"'),
    ],
)
def test_a_faulty_row_is_named(row: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(EvaluationUnusable, match=said):
        load_profiles(written(tmp_path, row))
