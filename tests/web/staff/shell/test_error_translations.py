"""English sentences of the core said in Chinese: what they name stays, what is not known stays as it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.sets.question_sets import check_name
from index.glossary.edit import GlossaryRow, put_row
from ingest.corpus.draft import source_path
from ingest.corpus.load import load_corpus
from ingest.corpus_config import SourceConfig
from ingest.errors import PolicyQAError
from ingest.readers import dispatch
from ingest.readers.dispatch import read_source
from ingest.readers.limits import Limits
from ingest.readers.markdown.tables import HOLDS_TABLE, ROWS_IN_ONE_LINE
from ingest.readers.pdf.reader import NESTED_IN_PDF, OTHER_COLUMNS
from ingest.readers.table_grid import MANY_ROWS, NESTED, cells_of, read_grid
from ingest.settings import PROJECT
from tests.web.staff.conftest import CARE
from web.staff.corpus.cutting import CutOrder, memory_used_up
from web.staff.evaluation.upload import LARGEST, ending_of
from web.staff.shell.error_translations import in_tongue, told, without_folders
from web.staff.shell.jobs import Cancelled

# What a job, a question set or a run may end with; the command line's own words apart.
SAID_IN = [
    *(PROJECT / "eval" / f"{name}.py" for name in (
        "cases/case_files", "cases/case_table", "cases/cases", "cases/joined_sets", "cases/workbook", "runs/kept_runs",
        "runs/run_folder", "scoring/results", "sets/question_sets",
    )),
    *(PROJECT / "index" / f"{name}.py" for name in ("glossary/glossary", "store/publication", "store/store")),
    *(PROJECT / "web" / "staff" / f"{name}.py" for name in (
        "corpus/publishing", "shell/jobs", "evaluation/upload", "evaluation/page",
    )),
]  # fmt: skip
RAISED = re.compile(
    r"\w*(?:Unusable|Outdated|Busy|Corrupt|Missing|Index|Unavailable|RowError|TableFault|_fault|__init__)"
)


DOUBTS_OF_TABLES = (
    NESTED, NESTED_IN_PDF, OTHER_COLUMNS, ROWS_IN_ONE_LINE, HOLDS_TABLE,
    "a cell that claims to cover more rows than its table has was cut off at the last one",
    f"a table of {MANY_ROWS + 1} rows: each became a clause",
    "a long cell beside several table rows was left with the first of them",
)  # fmt: skip
DOUBTFUL = cells_of(
    [["1", "2", "3"], ["甲", "一般", "4"], ["", "特种", "5"], ["乙"]]
)  # no heads, a blank, a ragged row


def said_by(act: object) -> str:
    assert callable(act)
    with pytest.raises(PolicyQAError) as told:
        act()
    return str(told.value)


def test_what_the_core_says_today_is_said_in_chinese(texts: Path, tmp_path: Path) -> None:
    """Each sentence is raised by the core itself, so that another wording there is noticed here."""
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "坏.txt").write_bytes(b"\0\0\0a")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    row = GlossaryRow("people", "高企", ("甲",))
    sentences = {
        "文件是空的": lambda: read_source(tmp_path / "空.txt", "空.txt", Limits()),
        "不是文本文件": lambda: read_source(tmp_path / "坏.txt", "坏.txt", Limits()),
        "PDF 已损坏": lambda: read_source(tmp_path / "坏.pdf", "坏.pdf", Limits()),
        "超过": lambda: read_source(texts / CARE, CARE, Limits(100, 10, 10)),
        "草稿里没有文件": lambda: source_path(texts, "x.txt"),
        "已在词汇表里": lambda: put_row(texts, row, None),
        "两边都要有词": lambda: put_row(texts, GlossaryRow("people", " ", ("甲",)), None),
        "不能作题集名称": lambda: check_name(tmp_path, "../x"),
        "是随系统提供的题集": lambda: check_name(tmp_path, "dev"),
        "文件超过 16 MB": lambda: ending_of(b"x" * (LARGEST + 1)),
    }
    for said, act in sentences.items():
        english = said_by(act)
        assert said in in_tongue(english, "zh"), english
        assert in_tongue(english, "en") == english


def refusals() -> Iterator[str]:
    """Every sentence with which a reader refuses a file, taken from the source, sample words in its blanks."""
    for path in sorted((PROJECT / "ingest" / "readers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "SourceUnreadable":
                yield filled(node.args[0])


def filled(sentence: ast.expr) -> str:
    """An f-string with something in each blank: a file's name where it names one, else a number."""
    if isinstance(sentence, ast.Constant):
        return str(sentence.value)
    assert isinstance(sentence, ast.JoinedStr), ast.dump(sentence)
    blank = re.compile(r"(?:self\.)?name")
    return "".join(
        str(part.value)
        if isinstance(part, ast.Constant)
        else "甲：乙.pdf"
        if isinstance(part, ast.FormattedValue) and blank.fullmatch(ast.unparse(part.value))
        else "12"
        for part in sentence.values
    )


def test_every_refusal_of_a_reader_is_said_in_chinese() -> None:
    sentences = [sentence for sentence in refusals() if sentence != "甲：乙.pdf: 12."]
    assert len(sentences) > 25
    sentences += [f"甲：乙.pdf: {reason}." for _, reason in dispatch._REFUSED]  # pyright: ignore[reportPrivateUsage] - the sentence that is left out above
    said = {sentence: in_tongue(sentence, "zh") for sentence in sentences}
    assert [sentence for sentence in sentences if said[sentence] == sentence] == []
    assert all(chinese.startswith("甲：乙.pdf：") for chinese in said.values())


def test_what_a_process_says_of_a_file_is_said_in_chinese(tmp_path: Path) -> None:
    order = CutOrder(tmp_path / "a", "a.txt", SourceConfig(), Limits(), 512, tmp_path / "b")
    sentences = {
        "超过 512 MB": str(memory_used_up(order)),
        "15 秒内没有读完": "a.txt: not read after 15 seconds; split the file or raise POLICYQA_MAX_READ_SECONDS.",
        "请选择政策文件": "a.txt: there is no text in it; choose the file that holds the policy.",
        "存不下（No space left）": "a.txt: its clauses cannot be kept (No space left); free space in POLICYQA_HOME.",
        "已停止": str(Cancelled()),
    }
    for said, english in sentences.items():
        assert said in in_tongue(english, "zh"), english


def test_doubts_are_said_in_chinese(texts: Path) -> None:
    (texts / "乱.txt").write_text("办法\n\n一、甲给予1万元。\n\n三、丙给予3万元。\n", encoding="utf-8")
    (doubt,) = load_corpus(texts).doubts
    assert "原文是否缺号" in in_tongue(doubt.message, "zh")


@pytest.mark.parametrize("message", [*DOUBTS_OF_TABLES, *(message for _, message in read_grid(DOUBTFUL).doubts)])
def test_doubts_about_tables_are_said_in_chinese(message: str) -> None:
    said = in_tongue(message, "zh")

    assert said != message
    assert not re.search(r"[a-z]{4}", said.replace("HTML", ""))


def test_what_is_not_known_stays_and_blanks_are_no_format() -> None:
    assert in_tongue("Something {0} else.", "zh") == "Something {0} else."
    assert in_tongue("There is no file '{x} {0}' in this draft.", "zh") == "草稿里没有文件“{x} {0}”。"


def words_of(node: ast.expr) -> str | None:
    """A sentence with "7" in each of its blanks."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)
        case _:
            return None


def sentences_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and RAISED.fullmatch(ast.unparse(node.func).rpartition(".")[2]):
            yield from (words for given in node.args if (words := words_of(given)) and " " in words)


@pytest.mark.parametrize("path", SAID_IN, ids=lambda path: path.stem)
def test_every_sentence_of_sets_runs_and_jobs_is_said_in_chinese(path: Path) -> None:
    english = [sentence for sentence in sentences_in(path) if in_tongue(sentence, "zh") == sentence]
    assert english == []


def test_the_sentences_are_found() -> None:
    assert sum(len(list(sentences_in(path))) for path in SAID_IN) > 60


def test_what_is_wrong_with_a_row_is_said_within_its_sentence() -> None:
    row = 'own.jsonl, row 3: id "B001" stands twice; it was first used in dev.jsonl, row 1.'
    assert in_tongue(row, "zh") == "own.jsonl 第 3 行：编号“B001”重复，dev.jsonl 第 1 行已经用过。"
    kept = "The question Q1 cannot be kept: the quote “{0}没有” is not in the corpus."
    assert in_tongue(kept, "zh") == "题“Q1”不能保存：依据“{0}没有”不在政策原文里，请逐字摘录。"


def test_no_folder_of_the_server_is_named(tmp_path: Path) -> None:
    roots = [(tmp_path, "POLICYQA_HOME"), (tmp_path / "questions", "POLICYQA_HOME"), (Path("var"), "POLICYQA_HOME")]
    said = f"{tmp_path}/questions/own.jsonl, row 3: broken JSON."
    assert told(said, "zh", roots) == "own.jsonl 第 3 行：JSON 有误。"
    assert told(said, "en", roots) == "own.jsonl, row 3: broken JSON."
    assert without_folders(f"Cannot write to {tmp_path} (full).", roots) == "Cannot write to POLICYQA_HOME (full)."
    assert without_folders("var/runs/a cannot be deleted.", roots) == "runs/a cannot be deleted."
    assert without_folders("每亩20万元/年 (variable)", roots) == "每亩20万元/年 (variable)"


def test_a_sentence_nobody_put_into_chinese_is_not_left_alone_on_a_chinese_page() -> None:
    assert told("Something new went wrong.", "zh", []) == "未能完成。程序的说明（英文）：Something new went wrong."
    assert told("Something new went wrong.", "en", []) == "Something new went wrong."
    assert told("请先选择这个回答对不对。", "zh", []) == "请先选择这个回答对不对。"
