"""Replies of a language model from a file: by question and step, their sources as clauses, what is missing counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.llm.chat_model import Asked, AskedStep, ModelFailed
from bot.settings import BotSettings
from eval import __main__ as command_line
from eval.__main__ import main
from eval.runs.replies_file import ReplayingChat, join_replies, key_of, read_replies, with_ids
from eval.studies.other_corpus import bot_over, load_other
from ingest.errors import EvaluationUnusable
from tests.eval.small_corpus import HashedPairs, write_corpus

ASKED = Asked(AskedStep.ANSWER, ("多少？",), ("doc-1", "doc-2", "doc-3"))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_numbers_become_clauses() -> None:
    assert with_ids("给予奖励[1][3]。共计[1，2]。假的[9]", ASKED.clauses) == (
        "给予奖励[clause:doc-1][clause:doc-3]。共计[clause:doc-1][clause:doc-2]。假的[9]"
    )


def test_a_reply_survives_another_search() -> None:
    kept = {key_of(ASKED): with_ids("给予奖励[1]，另有补贴[2]。", ASKED.clauses)}
    chat = ReplayingChat(kept)
    (said,) = chat.reply("", "", about=Asked(ASKED.step, ASKED.turns, ("doc-7", "doc-1")))
    assert said == "给予奖励[2]，另有补贴[999]。"
    assert (chat.counts.citations, chat.counts.unmatched) == (2, 1)


def test_the_step_and_all_turns_are_the_key() -> None:
    keys = {
        key_of(about)
        for about in (
            ASKED,
            Asked(AskedStep.PLAN, ASKED.turns),
            Asked(ASKED.step, ("前", *ASKED.turns)),
            Asked(ASKED.step, ASKED.turns),
        )
    }
    assert len(keys) == 3


def test_what_has_no_reply_fails_and_its_prompt_is_written_once(tmp_path: Path) -> None:
    chat = ReplayingChat({}, tmp_path / "prompts.jsonl")
    for _ in range(2):
        with pytest.raises(ModelFailed):
            next(chat.reply("规则", "材料", about=ASKED))
    (row,) = lines(tmp_path / "prompts.jsonl")
    assert (row["rules"], row["material"], row["clauses"]) == ("规则", "材料", list(ASKED.clauses))
    assert chat.counts.missing == 2


def test_replies_written_to_prompts_are_joined(tmp_path: Path) -> None:
    prompts, said, to = (tmp_path / name for name in ("prompts.jsonl", "said.jsonl", "replies.jsonl"))
    chat = ReplayingChat({}, prompts)
    with pytest.raises(ModelFailed):
        next(chat.reply("规则", "材料", about=ASKED))
    said.write_text(json.dumps({"key": key_of(ASKED), "reply": "给予奖励[2]。"}) + "\n", "utf-8")
    assert join_replies(prompts, [said], to) == (1, 0)
    assert read_replies(to) == {key_of(ASKED): "给予奖励[clause:doc-2]。"}


@pytest.mark.parametrize("text", ["{", "[]", '{"step": "answer"}', '{"step": "dance", "turns": ["x"], "reply": "y"}'])
def test_a_file_of_something_else_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text(f"\n{text}\n", "utf-8")
    with pytest.raises(EvaluationUnusable, match="line 2"):
        read_replies(path)


QUESTION = {
    "id": "T1",
    "type": "figure",
    "difficulty": "easy",
    "turns": ["全职引进的D类人才给多少安家补贴"],
    "lang": "zh",
    "evidence": [{"quote": "对全职引进的D类人才，给予最高50万元安家补贴"}],
    "answer": [["50万元"]],
    "kind": "single",
}
PLAN = {
    "kind": "fact",
    "parts": [{"topic": "补贴", "question": "全职引进的D类人才给多少安家补贴", "search": "安家补贴"}],
}
SAID = "D类人才最高可得50万元安家补贴。"


@pytest.fixture
def run(
    question_set: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[str, Any]]:
    """Runs the question with options and gives its answer."""
    settings = BotSettings(home=tmp_path / "var", corpus=write_corpus(tmp_path / "corpus"))
    policy_bot = bot_over(load_other(settings.corpus, settings), HashedPairs(), settings.home, settings)
    monkeypatch.setattr(command_line, "PolicyBot", SimpleNamespace(open=lambda settings: policy_bot))

    def run(*options: str | Path) -> dict[str, Any]:
        out = tmp_path / "out"
        asked = ["run", str(question_set(QUESTION)), "--out", str(out), "--as-of", "2026-11-22", *map(str, options)]
        assert main(asked) == 0
        return lines(out / "results.jsonl")[0]["answer"]

    return run


def test_prompts_are_written_step_by_step_and_the_replies_replayed(
    run: Callable[..., dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plans, asked, said, kept = (tmp_path / f"{name}.jsonl" for name in ("plans", "asked", "said", "kept"))
    run("--prompts", plans)
    (plan,) = lines(plans)
    assert plan["step"] == "plan"
    said.write_text(json.dumps({"key": plan["key"], "reply": json.dumps(PLAN)}) + "\n", "utf-8")
    assert main(["replies", str(plans), str(said), "--to", str(kept)]) == 0
    run("--replay", kept, "--prompts", asked)
    (prompt,) = lines(asked)
    assert prompt["step"] == "answer"
    n = next(n for n, clause in enumerate(prompt["clauses"], start=1) if f"[{n}]" in prompt["material"])
    said.write_text(json.dumps({"key": prompt["key"], "reply": f"{SAID}[{n}]"}) + "\n", "utf-8")
    assert main(["replies", str(asked), str(said), "--to", str(kept)]) == 0
    capsys.readouterr()
    answer = run("--replay", kept)
    assert answer["answer"] == f"{SAID}[1]"
    printed = capsys.readouterr().out
    assert "replayed 2 of 2" in printed
    assert "0 of 1 citations" in printed


def test_without_a_reply_the_answer_is_that_without_a_model_and_it_is_counted(
    run: Callable[..., dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none.jsonl").write_text("", "utf-8")
    plain = run()
    answer = run("--replay", tmp_path / "none.jsonl")
    assert answer["sentences"] == plain["sentences"]
    assert "1 have none" in capsys.readouterr().out


def test_recording_needs_a_model(run: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        run("--record", tmp_path / "kept.jsonl")
