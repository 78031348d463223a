from __future__ import annotations

import pytest

from bot.__main__ import main


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
