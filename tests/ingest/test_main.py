"""The commands as a user runs them: output, one sentence for an error, status 2."""

import json
import logging
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.errors import LosslessnessBroken
from ingest.types import Corpus, SourceFile

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


def test_show_ends_with_the_doubts_and_parts_cells_with_a_stroke(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "水价.txt"
    path.write_text("水价公告\n一、价格。\n类别\t性质\t单价\n生产\t一般\t4.1\n\t特种\t9.6\n", encoding="utf-8")
    assert main(["show", str(path)]) == 0
    out = capsys.readouterr().out
    assert "生产｜特种｜9.6" in out
    assert out.endswith("水价.txt, line 5: empty cells in column 1 of a table were read as the value above them\n")


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


RECORD = (
    '{"document": "某某办法", "records": [{"id": "a", "title": "奖励", "kind": "奖励", "spans": ["给予100万元"],'
    ' "recipient": {"who": "company", "span": null}}]}'
)


@pytest.fixture
def recorded(policy: Path) -> Path:
    """A corpus folder whose one policy has a record."""
    (policy.parent / "entitlements").mkdir()
    (policy.parent / "entitlements" / "某某办法.json").write_text(RECORD, encoding="utf-8")
    return policy.parent


def test_entitlements_lists_records_and_what_the_rules_propose(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recorded / "乙.txt").write_text("乙办法\n第一条 对高新技术企业，给予15万元奖励。\n", encoding="utf-8")
    assert main(["entitlements", str(recorded), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["state"], row["document"], row["accepted"]) for row in rows] == [
        ("attached", "某某办法", False),
        ("proposed", "乙办法", False),
    ]
    assert main(["entitlements", str(recorded / "办法.txt")]) == 0
    assert "1 attached (0 accepted), 0 flagged" in capsys.readouterr().out


def test_verify_checks_every_quote_of_the_records(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(recorded)]) == 0
    assert "1 records: 1 attached" in capsys.readouterr().out
    (recorded / "办法.txt").write_text(LAW.replace("100万元", "90万元"), encoding="utf-8")
    assert main(["verify", str(recorded)]) == 1
    captured = capsys.readouterr()
    assert "Nothing lost, nothing twice" in captured.out
    assert "“给予100万元” does not stand in 《某某办法》" in captured.err
    assert main(["entitlements", str(recorded)]) == 1


def test_verify_checks_every_sentence_of_the_english_edition(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [
        [["第一条 给予100万元。", "Article 1 RMB 1 million is given."]],
        [["第二条 本办法自2025年1月1日起施行。", "Article 2 These measures take effect on January 1, 2025."]],
    ]
    path = policy.parent / "en" / "某某办法.json"
    path.parent.mkdir()
    edition = json.dumps({"document": "某某办法", "title": "Some Measures", "clauses": pairs}, ensure_ascii=False)
    path.write_text(edition, encoding="utf-8")
    assert main(["verify", str(policy.parent)]) == 0
    assert "English edition: 2 sentences stand; 2 of 2 clauses whole; 0 faults." in capsys.readouterr().out
    path.write_text(edition.replace("RMB 1 million", "RMB 2 million"), encoding="utf-8")
    assert main(["verify", str(policy.parent)]) == 1
    captured = capsys.readouterr()
    assert "English edition: 1 sentences stand; 1 of 2 clauses whole; 1 faults." in captured.out
    assert "en/某某办法.json: the English of “第一条 给予100万元。” is not used: 100万元 is not in it." in captured.err


def test_a_record_nobody_can_read_is_one_sentence_and_status_2(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = recorded / "entitlements" / "某某办法.json"
    path.write_text(RECORD.replace('"kind": "奖励"', '"kind": "红包"'), encoding="utf-8")
    for command in ("verify", "entitlements"):
        assert main([command, str(recorded)]) == 2
        assert "某某办法.json: record 'a': unknown kind '红包'; allowed are 奖励" in capsys.readouterr().err


def test_show_html_has_the_records_and_show_json_does_not(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert main(["show", str(recorded / "办法.txt"), "--html", str(page)]) == 0
    assert 'class="entitlement proposed"' in page.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["show", str(recorded / "办法.txt"), "--json"]) == 0
    assert all("entitlement" not in line for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("command", ["build", "verify"])
def test_a_bad_file_of_a_folder_is_named_and_the_others_go_through(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "办法.txt").write_text(LAW, encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "缺.txt").write_text(LAW.replace("某某", "缺字"), encoding="utf-8")
    (folder / "标准.ofd").write_bytes(b"PK")
    (folder / "README.md").write_text("read me", encoding="utf-8")

    def check(source: SourceFile, *_: object) -> None:
        if source.name == "缺.txt":
            raise LosslessnessBroken(
                "ingest.not_lossless", name="缺.txt", line=1, shown="甲", start=0, end=1, what="belongs to nobody"
            )

    monkeypatch.setattr("ingest.corpus.load.check_lossless", check)
    assert main([command, str(folder)]) == 2
    said = capsys.readouterr()
    assert "办法.txt" in said.out
    named = [line for line in said.err.splitlines() if not line.startswith(" ") and "%|" not in line]
    assert [line.partition(".")[0] for line in named] == [
        "坏",
        "缺",
        "标准",
        "3 of 4 files could not be read; the others went through",
    ]


def test_a_pdf_is_read_without_a_word_of_the_library_on_standard_error() -> None:
    """It warns of fonts without a box, hundreds of lines a file."""
    import ingest.readers.pdf.reader

    assert ingest.readers.pdf.reader
    assert not logging.getLogger("pdfminer.pdffont").isEnabledFor(logging.WARNING)
    assert not logging.getLogger("pdfminer.pdfinterp").isEnabledFor(logging.ERROR)
