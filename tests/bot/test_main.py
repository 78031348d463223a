from __future__ import annotations

import io

import pytest

from bot.__main__ import main
from bot.pipeline import PolicyBot


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", "补" * 2001], "2,000"),
        (["ask", "补贴多少", "--turn", "补" * 2001], "2,000"),
        (["ask", "补贴多少", "--as-of", "明天"], "2026-11-22"),
        (["ask", "补贴\udcff多少"], "not UTF-8"),
        (["ask", "补贴\ud800多少", "--json"], "half an emoji"),
        (["ask", "补贴多少", "--turn", "\udce5"], "not UTF-8"),
    ],
)
def test_unusable_questions_end_with_one_sentence_and_status_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POLICYQA_MAX_QUESTION_CHARS", raising=False)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert words in captured.err


@pytest.mark.parametrize("levels", [["火星"], ["火星", "市"], ["市", "火星"], [""], ["市", ""]])
@pytest.mark.parametrize("command", [["ask", "补贴多少"], ["chat"]])
def test_a_level_that_the_corpus_has_not_ends_with_the_levels_it_has(
    compendium_bot: PolicyBot,
    command: list[str],
    levels: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PolicyBot, "open", lambda settings: compendium_bot)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main([*command, *(f"--level={level}" for level in levels)]) == 2
    captured = capsys.readouterr()
    assert "国家、自治区、市、旗" in captured.err
    assert (captured.out, captured.err.count("\n")) == ("", 1)
