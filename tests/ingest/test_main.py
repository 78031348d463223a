"""The commands as a user runs them: output, one sentence for an error, status 2."""

import json
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.types import Corpus

LAW = "某某办法\n第一条 给予100万元。\n第二条 本办法自2025年1月1日起施行。\n"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_HOME", str(tmp_path / "home"))


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "办法.txt"
    path.write_text(LAW, encoding="utf-8")
    return path


def test_verify_proves_the_compendium(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    assert "Nothing lost, nothing twice" in capsys.readouterr().out


def test_show_prints_one_clause_a_line_in_the_contract_s_form(
    compendium: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == len(compendium.clauses)
    contract = (
        "id document level address path role text start end page departments figures benefits valid_from valid_until"
    )
    assert all(set(contract.split()) <= row.keys() for row in rows)
    source = compendium.sources[0].text
    for row in rows:
        assert source[row["start"]] == row["text"][0]
        assert all({"text", "value", "unit"} <= figure.keys() for figure in row["figures"])
    trial = next(row for row in rows if "试行期一年" in row["text"])
    assert (trial["undetermined"], trial["valid_until"]) == ("试行期一年", None)


def test_build_reports_and_reads_an_unchanged_file_once(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(policy)]) == 0
    assert main(["build", str(policy)]) == 0
    first, second = capsys.readouterr().out.split("办法.txt")[1:]
    assert "unchanged" not in first
    assert "unchanged" in second
    assert "2 item" in first


def test_build_for_machines(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(policy), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["clauses"] == {"item": 2}
    assert sum(report["shares"].values()) == pytest.approx(1)


def test_doubtful_places_stand_in_the_report_with_their_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "缺号.txt"
    path.write_text("某某办法\n一、甲。\n二、乙。\n四、丁。\n", encoding="utf-8")
    assert main(["build", str(path)]) == 0
    assert "! line 4" in capsys.readouterr().out


def test_show_html_writes_a_page(policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert main(["show", str(policy), "--html", str(page)]) == 0
    assert "给予" in page.read_text(encoding="utf-8")
    assert "wrote" in capsys.readouterr().out


def test_a_broken_file_is_named_and_the_others_go_through(
    policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert main(["build", str(policy), str(tmp_path / "坏.docx"), str(tmp_path / "旧.doc")]) == 2
    captured = capsys.readouterr()
    assert "办法.txt" in captured.out
    assert "坏.docx" in captured.err
    assert "旧.doc" in captured.err
    assert "2 of 3 files" in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["verify", "/nowhere/at/all.txt"], "There is no file"), (["build", "EMPTY"], "There is no policy text")],
)
def test_bad_input_is_one_sentence_and_status_2(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main([a.replace("EMPTY", str(tmp_path / "empty")) for a in arguments]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("POLICYQA_MAX_FILE_MB", "many")
    assert main(["verify"]) == 2
    assert "POLICYQA_MAX_FILE_MB" in capsys.readouterr().err


def test_a_wrong_corpus_toml_is_named(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (policy.parent / "corpus.toml").write_text("title = ", encoding="utf-8")
    assert main(["verify", str(policy)]) == 2
    assert "corpus.toml is not valid TOML" in capsys.readouterr().err


def test_show_says_what_is_known_of_a_document_and_what_is_doubted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "坏.txt"
    path.write_text(
        "青川区商贸办法\n青商发〔2025〕9号\n第一条 给予10万元。\n第二条 本办法自2025年1月1日起施行，有效期至2027年2月31日。\n",
        encoding="utf-8",
    )
    assert main(["show", str(path)]) == 0
    shown = capsys.readouterr().out
    assert shown.lstrip().startswith("# 青川区商贸办法\n")
    assert "  number: 青商发〔2025〕9号\n  in force from: 2025-01-01\n" in shown
    doubt = "坏.txt, line 4: “2027年2月31日” is no day of the calendar and was not read"
    assert shown.rstrip().endswith(doubt)
    assert main(["show", str(path), "--json"]) == 0
    captured = capsys.readouterr()
    rows = [json.loads(line) for line in captured.out.splitlines()]
    assert {(row["number"], row["valid_from"], row["valid_until"]) for row in rows} == {
        ("青商发〔2025〕9号", "2025-01-01", None)
    }
    assert captured.err.strip() == doubt


def test_build_describes_each_document_with_its_places(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(policy), "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["described"]
    place = document["places"]["valid_from"]
    assert policy.read_text("utf-8")[place["start"] : place["end"]] == "自2025年1月1日起施行"
