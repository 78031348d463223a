from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.match.small_corpus import FIRST, written_corpus

WHO = "我们公司在临川县，2026年首次认定为国家高新技术企业。"


@pytest.fixture(autouse=True)
def small_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS", str(written_corpus(tmp_path)))
    monkeypatch.setenv("POLICYQA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("POLICYQA_MAX_PROFILE_CHARS", raising=False)


def test_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", WHO, "--json", "--as-of", "2026-11-29"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [match["quotes"] for match in told["matches"]] == [[FIRST]]
    assert told["as_of"] == "2026-11-29"


def test_for_people_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", WHO, "--as-of", "2026-11-29", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("1 in all; the conditions of 1 are met.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["我" * 5000], "The profile has 5,000 characters, at most 4,000 are read"),
        ([WHO, "--as-of", "yesterday"], "--as-of"),
    ],
)
def test_bad_input_is_one_sentence(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_a_record_that_cannot_be_used_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "corpus" / "entitlements" / "notice.json"
    path.write_text(path.read_text("utf-8").replace('"arrival"', '"horoscope"'), "utf-8")
    assert main(["match", WHO]) == 2
    assert "horoscope" in capsys.readouterr().err


def test_a_quote_that_no_longer_stands_gives_no_match(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = tmp_path / "corpus" / "notice.txt"
    notice.write_text(notice.read_text("utf-8").replace("给予20万元奖励", "给予25万元奖励"), "utf-8")
    assert main(["match", WHO, "--json", "--as-of", "2026-11-29"]) == 0
    assert json.loads(capsys.readouterr().out)["matches"] == []
