"""The command from its arguments to its files, its summary and its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from ingest.entitlements.files import read_files
from tests.bot.chat_server import ScriptedServer, breaks_off, says
from tests.bot.proposing.conftest import HIGH_TECH, RESEARCH, TITLE, Made, answers

COMMAND = "propose-entitlements"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("POLICYQA_CHAT_MODEL", "openai:scripted")
    monkeypatch.setenv("POLICYQA_CHAT_BASE_URL", server.url)
    server.seen.clear()


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return json.loads(capsys.readouterr().out)


def test_without_a_model_it_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_CHAT_MODEL", "")
    assert main([COMMAND, str(folder)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "POLICYQA_CHAT_MODEL" in captured.err


def test_proposals_are_written_and_summed_up_and_go_on_where_they_ended(
    folder: Path, tmp_path: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str], raw: Made
) -> None:
    out = tmp_path / "out"
    server.behaviour = answers((HIGH_TECH, raw()), (RESEARCH, raw()))
    assert main([COMMAND, str(folder), "--out", str(out), "--json"]) == 0
    summary = told(capsys)
    assert (summary["clauses"], summary["asked"], summary["proposed"], summary["written"]) == (3, 3, 1, 1)
    assert summary["dropped"] == {"span_does_not_stand": 1}
    assert summary["tokens"] == {"sent": 700, "written": 90, "estimated": False}
    assert summary["files"] == [str(out / "entitlements" / f"{TITLE}.json")]
    (record,) = read_files(out).records
    assert (record.review.proposed_by, record.review.model) == ("model", "openai:scripted")
    written = Path(summary["files"][0]).read_bytes()
    server.behaviour = breaks_off
    assert main([COMMAND, str(folder), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "0 asked in 0 requests, 3 answered before" in said
    assert "1 records proposed, 0 of them new" in said
    assert Path(summary["files"][0]).read_bytes() == written
    assert len(server.seen) == 1


def test_a_proposal_gives_no_met_until_somebody_accepts_it(
    folder: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, raw: Made
) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS", str(folder))
    server.behaviour = answers((HIGH_TECH, raw()))
    assert main([COMMAND, "--out", str(folder), "--json"]) == 0
    assert told(capsys)["written"] == 1
    profile = ["match", "我们是一家企业，今年首次认定为高新技术企业", "--json"]
    assert main(profile) == 0
    assert [(one["status"], one["checked"]) for one in told(capsys)["matches"]] == [("open", False)]
    (path,) = (folder / "entitlements").iterdir()
    written = json.loads(path.read_text("utf-8"))
    written["records"][0]["review"] |= {"by": "某人", "on": "2026-01-01"}
    path.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    assert main(profile) == 0
    assert [(one["status"], one["checked"]) for one in told(capsys)["matches"]] == [("met", True)]


def test_into_its_own_folder_an_accepted_record_is_never_overwritten(
    folder: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str], raw: Made
) -> None:
    (folder / "entitlements").mkdir()
    own = {**raw(spans=["给予15万元奖励"]), "id": "own", "review": {"by": "某人", "on": "2026-01-01"}}
    path = folder / "entitlements" / "own.json"
    path.write_text(json.dumps({"document": TITLE, "records": [own]}, ensure_ascii=False), encoding="utf-8")
    before = path.read_bytes()
    server.behaviour = answers((HIGH_TECH, raw()))
    assert main([COMMAND, str(folder), "--out", str(folder), "--json"]) == 0
    summary = told(capsys)
    assert (summary["proposed"], summary["dropped"]) == (0, {"record_speaks_of_it": 1})
    assert path.read_bytes() == before


def test_one_file_and_one_document(folder: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.behaviour = says('{"records": []}')
    assert main([COMMAND, str(folder / "措施.txt"), "--document", "支持企业", "--json"]) == 0
    assert told(capsys)["documents"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"), [(["--document", "没有这份"], "没有这份"), (["--document", " "], "No document")]
)
def test_what_is_not_there_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main([COMMAND, str(folder), *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_place_that_takes_no_files_is_said_before_anything_is_asked(
    folder: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([COMMAND, str(folder), "--out", str(folder / "措施.txt")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert server.seen == []


def test_two_documents_of_one_word_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "二.txt").write_text("某县支持人才若干措施\n\n一、对人才给予1万元补贴。\n", encoding="utf-8")
    assert main([COMMAND, str(folder), "--document", "某县支持"]) == 2
    assert "某县支持人才若干措施" in capsys.readouterr().err


def test_a_server_that_answers_nothing_is_one_sentence(
    folder: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for number in range(4):
        (folder / f"{number}.txt").write_text(
            f"第{number}县若干措施\n\n一、给予{number + 1}万元补贴。\n", encoding="utf-8"
        )
    server.behaviour = breaks_off
    assert main([COMMAND, str(folder), "--out", str(tmp_path / "out")]) == 2
    assert "answered nothing (unreachable)" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_clauses_without_an_answer_are_told_by_the_exit_status(
    folder: Path, tmp_path: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.behaviour = says("已通过")
    assert main([COMMAND, str(folder), "--out", str(tmp_path / "out")]) == 1
    assert "Clauses without an answer: malformed 3." in capsys.readouterr().out
