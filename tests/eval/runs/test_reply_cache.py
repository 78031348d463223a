"""A run with a language model: what it asked for is counted, and asked for once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.settings import BotSettings
from eval import __main__ as command_line
from eval.__main__ import main
from eval.runs.reply_cache import FILE, KeptReplies, Reply
from eval.runs.run_folder import RunFolder
from eval.runs.token_cost import token_cost, token_cost_text
from eval.studies.other_corpus import bot_over, load_other
from ingest.errors import EvaluationUnusable
from tests.bot.chat_server import ScriptedServer, cannot_count, counts, replies, scripted_server
from tests.eval.small_corpus import HashedPairs, write_corpus

TALENT = {
    "id": "T1",
    "type": "figure",
    "difficulty": "easy",
    "turns": ["全职引进的D类人才给多少安家补贴"],
    "lang": "zh",
    "evidence": [{"quote": "对全职引进的D类人才，给予最高50万元安家补贴"}],
    "answer": [["50万元"]],
    "kind": "single",
}
SAID = "对全职引进的D类人才，给予最高50万元安家补贴。[1]"
Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest.fixture
def settings(server: ScriptedServer, tmp_path: Path) -> BotSettings:
    server.seen.clear()
    return BotSettings(
        home=tmp_path / "var",
        corpus=write_corpus(tmp_path / "corpus"),
        chat_model="openai:scripted",
        chat_base_url=server.url,
        chat_price_in=2.0,
        chat_price_out=8.0,
    )


@pytest.fixture
def measure(
    settings: BotSettings, question_set: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Runs the questions and gives what run.json says of the model."""
    policy_bot = bot_over(load_other(settings.corpus, settings), HashedPairs(), settings.home, settings)
    monkeypatch.setattr(command_line, "PolicyBot", SimpleNamespace(open=lambda settings: policy_bot))

    def run(name: str, *options: str, rows: Sequence[dict[str, Any]] = (TALENT,)) -> dict[str, Any]:
        out = tmp_path / name
        assert main(["run", str(question_set(*rows)), "--out", str(out), "--as-of", "2026-11-22", *options]) == 0
        return json.loads((out / "run.json").read_text(encoding="utf-8"))["model"]

    return run


def answers(out: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    return [{**row["answer"], "took_ms": 0} for row in rows]


def test_tokens_and_cost_of_a_run_are_recorded_and_shown(
    measure: Run, server: ScriptedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.behaviour = counts(SAID, 1_000_000, 500_000)
    assert measure("a") == {
        "name": "openai:scripted",
        "replies": 2,  # the parts of the question, and its answer
        "cached": 0,
        "failed": 0,
        "uncounted": 0,
        "tokens_in": 2_000_000,
        "tokens_out": 1_000_000,
        "cost": 12.0,
    }
    assert answers(tmp_path / "a")[0]["answer"] == SAID
    line = "2,000,000 in / 1,000,000 out · 费用 cost 12.0000"
    assert line in capsys.readouterr().out
    for name in ("report.html", "report.md"):
        assert line in (tmp_path / "a" / name).read_text(encoding="utf-8")


def test_the_same_run_again_asks_for_nothing_and_answers_the_same(
    measure: Run, server: ScriptedServer, tmp_path: Path
) -> None:
    server.behaviour = counts(SAID, 900, 30)
    measure("a")
    server.behaviour = replies(500)
    again = measure("b")
    assert (again["cached"], again["failed"], again["tokens_in"], again["cost"]) == (2, 0, 0, 0.0)
    assert answers(tmp_path / "a") == answers(tmp_path / "b")
    assert len(server.seen) == 2


def test_asked_anew_the_newer_reply_is_kept(measure: Run, server: ScriptedServer, tmp_path: Path) -> None:
    server.behaviour = counts("最高50万元安家补贴给予全职引进的D类人才。[1]", 900, 30)
    measure("a")
    server.behaviour = counts(SAID, 900, 31)
    assert measure("b", "--ask-anew")["cached"] == 0
    assert measure("c")["cached"] == 2
    assert answers(tmp_path / "c")[0]["answer"] == SAID


def test_a_failed_reply_is_counted_and_asked_for_again(measure: Run, server: ScriptedServer, tmp_path: Path) -> None:
    server.behaviour = replies(500)
    failed = measure("a")
    assert (failed["replies"], failed["failed"], failed["uncounted"], failed["cost"]) == (1, 1, 1, None)
    assert answers(tmp_path / "a")[0]["status"] == "answered"  # by the clauses' own words
    server.behaviour = counts(SAID, 900, 30)
    assert measure("b")["cached"] == 0


def test_tokens_a_server_does_not_tell_are_unknown(
    measure: Run, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.behaviour = cannot_count(SAID)
    told = measure("a")
    assert (told["uncounted"], told["tokens_in"], told["cost"]) == (2, 0, None)
    assert "2 次未知 replies unknown · 费用 cost 未知 unknown" in capsys.readouterr().out


def test_a_resumed_run_counts_both_sittings(measure: Run, server: ScriptedServer, tmp_path: Path) -> None:
    other = {**TALENT, "id": "T2", "turns": ["全职引进的D类人才，安家补贴最高多少"]}
    server.behaviour = counts(SAID, 900, 30)
    measure("a", rows=(TALENT, other))
    results, ledger = tmp_path / "a" / "results.jsonl", tmp_path / "a" / "replies.jsonl"
    first = results.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    results.write_text(first, encoding="utf-8")  # killed after the first question, in the middle of a line
    kept = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text(kept[0] + kept[1][:20], encoding="utf-8")
    told = measure("a", "--resume", rows=(TALENT, other))
    assert (told["replies"], told["cached"], told["tokens_in"]) == (3, 2, 900)


def test_a_model_that_is_not_asked_costs_nothing(measure: Run, server: ScriptedServer) -> None:
    told = measure("a", "--retrieval-only")
    assert (told["replies"], told["cost"]) == (0, 0.0)


@pytest.mark.parametrize("change", [{"chat_temperature": 0.7}, {"chat_max_tokens": 99}, {"chat_model": "openai:other"}])
def test_another_option_is_another_reply(
    change: dict[str, Any],
    measure: Run,
    server: ScriptedServer,
    settings: BotSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.behaviour = counts(SAID, 900, 30)
    measure("a")
    changed = settings.model_copy(update=change)
    policy_bot = bot_over(load_other(settings.corpus, settings), HashedPairs(), settings.home, changed)
    monkeypatch.setattr(command_line, "PolicyBot", SimpleNamespace(open=lambda settings: policy_bot))
    assert measure("b")["cached"] == 0


# ── The file of kept replies ───────────────────────────────────────────────────────────────────


def test_what_is_kept_is_found_by_another_process(tmp_path: Path) -> None:
    KeptReplies.open(tmp_path).keep("k", Reply("补贴 ‘50万元’; DROP TABLE replies", None))
    assert KeptReplies.open(tmp_path).find("k") == Reply("补贴 ‘50万元’; DROP TABLE replies", None)
    assert KeptReplies.open(tmp_path).find("other") is None


def test_a_foreign_file_is_one_sentence_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database, only a text that is long enough", encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=r"replies\.sqlite cannot be used .* remove it"):
        KeptReplies.open(tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8").startswith("not a database")


def test_a_file_that_breaks_later_costs_a_reply_not_the_run(tmp_path: Path) -> None:
    kept = KeptReplies.open(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute("DROP TABLE replies")
    kept.keep("k", Reply("好", None))
    assert kept.find("k") is None


# ── What it cost ───────────────────────────────────────────────────────────────────────────────


def test_without_a_model_nothing_is_spent(tmp_path: Path) -> None:
    assert token_cost(RunFolder(tmp_path), BotSettings(chat_model="")) is None
    assert token_cost_text(None) == ""


@pytest.mark.parametrize(
    ("prices", "cost"), [((None, None), None), ((1.0, None), None), ((0.0, 0.0), 0.0), ((1.0, 2.0), 2.0)]
)
def test_a_cost_needs_both_prices(
    prices: tuple[float | None, float | None], cost: float | None, tmp_path: Path
) -> None:
    row = {"key": "k", "cached": False, "failure": None, "tokens_in": 1_000_000, "tokens_out": 500_000}
    (tmp_path / "replies.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    settings = BotSettings(chat_model="openai:m", chat_price_in=prices[0], chat_price_out=prices[1])
    spent = token_cost(RunFolder(tmp_path), settings)
    assert spent is not None
    assert spent.cost == cost


def test_a_cost_that_is_known_in_part_is_a_lower_bound() -> None:
    told = {"name": "m", "replies": 2, "cached": 0, "failed": 0, "uncounted": 1, "tokens_in": 5, "tokens_out": 1}
    assert "费用 cost ≥ 0.5000" in token_cost_text({**told, "cost": 0.5})


def test_a_broken_ledger_names_its_row(tmp_path: Path) -> None:
    (tmp_path / "replies.jsonl").write_text("[]\n", encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=r"replies\.jsonl, row 1: broken"):
        token_cost(RunFolder(tmp_path), BotSettings(chat_model="openai:m"))
