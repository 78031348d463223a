"""The commands that build an index aside or read the records, from the command line to the file."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.evidence import weights
from bot.evidence.weights import EVIDENCE_WEIGHTS, FEATURES, read_weights, weights_in_use
from bot.pipeline import PolicyBot
from bot.records.store import Records
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.settings import BotSettings
from bot.types import Question
from eval import __main__ as command_line
from eval.__main__ import main
from eval.studies.other_corpus import bot_over, load_other
from ingest.errors import UnusableInput
from tests.eval.small_corpus import HashedPairs, write_corpus

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
WATER = {
    "id": "W1",
    "type": "figure",
    "difficulty": "easy",
    "turns": ["工商业用水多少钱一吨"],
    "lang": "zh",
    "evidence": [{"quote": "工商业用水：10.4元/吨", "doc": "供水价格", "locator": "二、"}],
    "answer": [["10.4元"]],
    "kind": "single",
}
TALENT = {
    **WATER,
    "id": "T1",
    "turns": ["D类人才安家补贴多少"],
    "evidence": [{"quote": "对全职引进的D类人才，给予最高50万元安家补贴"}],
    "answer": [["50万元"]],
}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BotSettings:
    """A home and a small corpus of its own, with a model that needs no weights."""
    corpus = write_corpus(tmp_path / "corpus")
    made = BotSettings(home=tmp_path / "var", corpus=corpus)
    monkeypatch.setenv("POLICYQA_HOME", str(made.home))
    monkeypatch.setenv("POLICYQA_CORPUS", str(corpus))
    small_bot = bot_over(load_other(corpus, made), HashedPairs(), made.home, made)
    monkeypatch.setattr(command_line, "PolicyBot", SimpleNamespace(open=lambda settings: small_bot))
    monkeypatch.setattr(command_line, "Encoder", SimpleNamespace(load=lambda *arguments: HashedPairs()))
    return made


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "amended", **{"10.4元/吨": "11.2元/吨"})


def keep_a_complaint(settings: BotSettings, words: str, clauses: tuple[str, ...] = ()) -> None:
    policy_bot = PolicyBot.over(command_line.PolicyBot.open(settings).clause_index, settings)
    records = Records.open(settings.home)
    answer = policy_bot.ask(Question((words,), date(2026, 11, 22)))
    turn = records.keep_turn(answer, TurnOrigin("c1", "203.0.113.7", NOON))
    records.keep_feedback(Feedback(turn, NOON, Thumb.DOWN, correction="10.4元", clauses=clauses))
    records.close()


# ── impact ─────────────────────────────────────────────────────────────────────────────────────


def test_impact_of_sets_and_records(
    settings: BotSettings, amended: Path, question_set: Callable[..., Path], tmp_path: Path, capsys
) -> None:
    keep_a_complaint(settings, "工商业用水一吨是什么价")
    arguments = ["impact", "--corpus", str(amended), str(question_set(WATER, TALENT)), "--as-of", "2026-11-22"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    assert "3 questions asked of both" in printed
    assert "this amendment changes 2 answers" in printed
    assert "has no glossary.toml" in printed
    form = json.loads((tmp_path / "out" / "impact.json").read_text(encoding="utf-8"))
    origins = [change["origin"] for change in form["changes"]]
    assert origins[0] == "W1"
    assert origins[1].startswith("record ")
    assert sorted(path.name for path in settings.home.iterdir() if path.is_dir()) == ["index"]  # nothing left behind


def test_impact_without_out_writes_nothing(
    settings: BotSettings, amended: Path, question_set: Callable[..., Path], tmp_path: Path
) -> None:
    there = {path.name for path in tmp_path.iterdir()}
    assert main(["impact", "--corpus", str(amended), str(question_set(TALENT)), "--as-of", "2026-11-22"]) == 0
    assert {path.name for path in tmp_path.iterdir()} - there == {"set.jsonl"}
    assert not (settings.home / "records.sqlite").exists()


@pytest.mark.parametrize(
    "arguments", [["impact", "--corpus", "nowhere", "SET"], ["folder", "nowhere", "SET", "--out", "o"]]
)
def test_a_corpus_that_is_not_there_is_one_sentence(
    settings: BotSettings, question_set: Callable[..., Path], capsys, arguments: list[str]
) -> None:
    path = str(question_set(WATER))
    assert main([path if word == "SET" else word for word in arguments]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


# ── evidence-weights ───────────────────────────────────────────────────────────────────────────


def test_weights_are_learned_from_sets_measured_and_written(
    settings: BotSettings, question_set: Callable[..., Path], tmp_path: Path, capsys
) -> None:
    sets = [str(question_set(WATER, TALENT)), str(question_set(WATER, name="again.jsonl"))]  # the same id in both
    learn = ["evidence-weights", *sets, "--as-of", "2026-11-22", "--to"]
    assert main([*learn, str(tmp_path / "a.toml"), "--seed", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [line.split("  ")[0] for line in lines[1:]]
    assert names[:2] == ["in use", "learned on other folds"]
    assert names[2 : 2 + len(FEATURES)] == [f"without {feature}" for feature in FEATURES]
    assert names[-3:-1] == ["again: in use", "again: learned on other folds"]
    written = read_weights(tmp_path / "a.toml")
    assert written.held == weights_in_use().held
    made = tomllib.loads((tmp_path / "a.toml").read_text("utf-8"))["made"]
    assert (made["sets"], made["questions"], made["seed"]) == (["set.jsonl", "again.jsonl"], 3, 1)
    assert main([*learn, str(tmp_path / "b.toml"), "--seed", "1"]) == 0
    assert (tmp_path / "a.toml").read_bytes() == (tmp_path / "b.toml").read_bytes()


@pytest.fixture
def of_a_county(question_set: Callable[..., Path], tmp_path: Path) -> str:
    """Another corpus with a question of its own, as ``--corpus`` takes it."""
    folder = tmp_path / "county"
    folder.mkdir()
    text = "云浦县支持企业办法\n\n一、对首次认定的高新技术企业奖励15万元。\n\n二、对货车司机每月补贴300元。\n"
    (folder / "办法.txt").write_text(text, encoding="utf-8")
    quote = "对首次认定的高新技术企业奖励15万元"
    asked = {**WATER, "turns": ["高企奖励多少"], "evidence": [{"quote": quote}], "answer": [["15万元"]]}
    return f"{folder}={question_set(asked, name='of_county.jsonl')}"


def test_weights_of_sentences_are_learned_over_several_corpora(
    settings: BotSettings, question_set: Callable[..., Path], of_a_county: str, tmp_path: Path, capsys
) -> None:
    to = tmp_path / "a.toml"
    assert main(["evidence-weights", str(question_set(WATER, TALENT)), "--corpus", of_a_county, "--to", str(to)]) == 0
    printed = capsys.readouterr().out
    found = re.search(r"^of_county: in use\s+(.*)$", printed, re.MULTILINE)
    assert found is not None
    assert found[1].split()[:2] == ["1.000", "1.000"], "its own texts are searched, not those that serve"
    made = tomllib.loads(to.read_text("utf-8"))["made"]
    assert (made["sets"], made["questions"]) == (["set.jsonl", "of_county.jsonl"], 3)
    assert not list(settings.home.glob("scratch-*")), "its index is needed once"


def test_weights_of_search_are_measured_over_several_corpora(
    settings: BotSettings, question_set: Callable[..., Path], of_a_county: str, capsys
) -> None:
    assert main(["weights", str(question_set(WATER)), "--corpus", of_a_county]) == 0
    as_set = capsys.readouterr().out.splitlines()[1]
    assert as_set.split()[2:4] == ["1.000", "1.000"]


def test_weights_that_cannot_be_learned_or_written_leave_nothing(
    settings: BotSettings, question_set: Callable[..., Path], tmp_path: Path, capsys
) -> None:
    unanswerable = question_set({**WATER, "evidence": [], "answer": [], "kind": "unanswerable:near-miss"})
    assert main(["evidence-weights", str(unanswerable), "--to", str(tmp_path / "a.toml")]) == 2
    assert "nothing can be learned" in capsys.readouterr().err
    assert main(["evidence-weights", str(question_set(WATER)), "--to", str(tmp_path / "none" / "a.toml")]) == 2
    assert "give --to another file" in capsys.readouterr().err
    assert not list(tmp_path.glob("**/*.toml"))


def test_faulty_weights_stop_the_start_with_one_sentence(
    settings: BotSettings, question_set: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = tmp_path / "weights.toml"
    faulty.write_text(EVIDENCE_WEIGHTS.read_text("utf-8").replace("near = ", "nearr = "), encoding="utf-8")
    opened = command_line.PolicyBot.open(settings)
    monkeypatch.setattr(weights, "EVIDENCE_WEIGHTS", faulty)
    weights_in_use.cache_clear()
    try:
        with pytest.raises(UnusableInput, match="there is no feature 'nearr'"):
            PolicyBot.over(opened.clause_index, settings)
    finally:
        weights_in_use.cache_clear()


# ── scope-weights ──────────────────────────────────────────────────────────────────────────────


def test_scope_is_measured_over_sets_corpora_and_pairs_and_nothing_is_asked_again(
    settings: BotSettings, question_set: Callable[..., Path], of_a_county: str, tmp_path: Path, capsys, monkeypatch
) -> None:
    weather = {"id": "X1", "turns": ["明天天气怎么样？"], "kind": "unanswerable:off-topic"}
    pair = {"doc": "办法.txt", "q": "货车司机补贴多少", "kind": "answerable", "quote": "对货车司机每月补贴300元"}
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(json.dumps(pair, ensure_ascii=False), encoding="utf-8")
    of_pairs = f"{of_a_county.partition('=')[0]}={pairs}"
    measure = ["scope-weights", str(question_set(WATER, TALENT, weather)), "--corpus", of_a_county, "--pairs", of_pairs]
    assert main(measure) == 0
    printed = capsys.readouterr().out
    assert "all questions (3 answerable)  off-topic (1)" in printed, "pairs are not measured"
    assert "both, pairs learned from" in printed
    kept = {path.name.rpartition("-")[0] for path in (settings.home / "scope").iterdir()}
    assert kept == {"sets", "of_county", "pairs"}
    monkeypatch.setattr("bot.pipeline.PolicyBot.ask", None)
    assert main(measure) == 0
    assert capsys.readouterr().out == printed
    assert not list(settings.home.glob("scratch-*"))


def test_sets_without_a_question_out_of_scope_are_one_sentence(
    settings: BotSettings, question_set: Callable[..., Path], capsys
) -> None:
    assert main(["scope-weights", str(question_set(WATER))]) == 2
    assert "Nothing can be told apart" in capsys.readouterr().err


# ── check --corpus ─────────────────────────────────────────────────────────────────────────────


def test_check_names_the_quotes_that_a_new_corpus_broke(
    settings: BotSettings, amended: Path, question_set: Callable[..., Path], capsys
) -> None:
    path = question_set(TALENT, WATER)
    assert main(["check", str(path), "--corpus", str(amended)]) == 1
    printed = capsys.readouterr().out
    assert "row 2 (W1): the quote “工商业用水：10.4元/吨” of 伊金霍洛旗供水价格 二、 is broken" in printed
    assert "now reads “二、工商业用水：11.2元/吨" in printed
    assert "2 questions, 2 quotes, 1 in just one clause; 1 faults" in printed
    assert main(["check", str(path), "--corpus", str(settings.corpus)]) == 0


def test_a_quote_that_never_stood_is_not_broken_by_the_new_corpus(
    settings: BotSettings, amended: Path, question_set: Callable[..., Path]
) -> None:
    foreign = {**WATER, "evidence": [{"quote": "包头市给予最高80万元"}]}
    assert main(["check", str(question_set(foreign)), "--corpus", str(amended)]) == 0
    assert main(["check", str(question_set(foreign))]) == 1


def test_a_broken_row_stops_the_check_with_its_number(
    settings: BotSettings, amended: Path, question_set: Callable[..., Path], capsys
) -> None:
    assert main(["check", str(question_set(WATER, {"id": 7})), "--corpus", str(amended)]) == 2
    assert "set.jsonl, row 2" in capsys.readouterr().err


# ── from-feedback ──────────────────────────────────────────────────────────────────────────────


def test_drafts_from_feedback_can_be_read_and_are_never_written_over(
    settings: BotSettings, tmp_path: Path, capsys
) -> None:
    clause = next(c for c in load_other(settings.corpus, settings).clauses if "10.4元" in c.text)
    keep_a_complaint(settings, "工商业用水多少钱", (clause.id,))
    out = tmp_path / "drafts.jsonl"
    assert main(["from-feedback", "--out", str(out)]) == 0
    assert "1 drafts" in capsys.readouterr().out
    assert main(["check", str(out)]) == 0
    kept = out.read_bytes()
    assert main(["from-feedback", "--out", str(out)]) == 2
    assert "is not written over" in capsys.readouterr().err
    assert out.read_bytes() == kept


def test_drafts_are_printed_without_out(settings: BotSettings, capsys) -> None:
    keep_a_complaint(settings, "工商业用水多少钱")
    capsys.readouterr()
    assert main(["from-feedback"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["turns"] == ["工商业用水多少钱"]
    assert row["answer"] == [["10.4元"]]


def test_no_records_is_one_sentence_and_makes_none(settings: BotSettings, capsys) -> None:
    assert main(["from-feedback"]) == 2
    assert "nothing to draft" in capsys.readouterr().err
    assert not (settings.home / "records.sqlite").exists()


# ── folder ─────────────────────────────────────────────────────────────────────────────────────


def test_search_in_any_folder(
    settings: BotSettings, amended: Path, question_set: Callable[..., Path], tmp_path: Path, capsys
) -> None:
    path = question_set(WATER, TALENT)
    assert main(["folder", str(amended), str(path), "--out", str(tmp_path / "run")]) == 0
    assert "2 files, 6 clauses; 1 quotes in no clause" in capsys.readouterr().out
    rows = [json.loads(line) for line in (tmp_path / "run" / "results.jsonl").read_text("utf-8").splitlines()]
    assert [row["answer"] for row in rows] == [None, None]
    assert "50万元安家补贴" in rows[1]["retrieved"][0]["text"]
    assert json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))["retrieval_only"] is True
    assert [path.name for path in settings.home.iterdir()] == ["index"]


def test_the_index_of_a_folder_is_kept_where_asked(
    settings: BotSettings, amended: Path, question_set: Callable[..., Path], tmp_path: Path
) -> None:
    arguments = ["folder", str(amended), str(question_set(TALENT)), "--home", str(tmp_path / "kept")]
    assert main([*arguments, "--out", str(tmp_path / "a")]) == 0
    first = (tmp_path / "kept" / "index" / "current").read_text()
    assert main([*arguments, "--out", str(tmp_path / "b")]) == 0
    assert (tmp_path / "kept" / "index" / "current").read_text() == first
