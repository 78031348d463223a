"""Faults in the language of whoever reads: what they name stays, the folders of the server do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.sets.question_sets import check_name
from index.glossary.edit import GlossaryRow, put_row
from ingest.corpus.draft import source_path
from ingest.corpus.load import load_corpus
from ingest.corpus_config import SourceConfig
from ingest.errors import PolicyQAError
from ingest.readers.building import A_PICTURE, unread
from ingest.readers.dispatch import read_source, why_not_read
from ingest.readers.limits import Limits
from ingest.readers.table_grid import cells_of, read_grid
from ingest.sentences import Sentence, in_language
from tests.web.staff.conftest import CARE
from web.staff.corpus.cutting import CutOrder, memory_used_up
from web.staff.evaluation.upload import LARGEST, ending_of
from web.staff.shell.jobs import Cancelled
from web.staff.shell.reader_language import in_all_tongues, told, without_folders


def said_by(act: object) -> Sentence:
    assert callable(act)
    with pytest.raises(PolicyQAError) as told:
        act()
    return told.value.sentence


def test_what_the_core_says_today_is_said_in_chinese(texts: Path, tmp_path: Path) -> None:
    """Each sentence is raised by the core itself, so that another wording there is noticed here."""
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "坏.txt").write_bytes(b"\0\0\0a")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    row = GlossaryRow("people", "高企", ("甲",))
    sentences = {
        "文件是空的": lambda: read_source(tmp_path / "空.txt", "空.txt", Limits()),
        "不是文本（含有 NUL 字节）": lambda: read_source(tmp_path / "坏.txt", "坏.txt", Limits()),
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
        assert said in in_language(english, "zh"), english
        assert in_language(english, "en") == english


def test_what_a_process_says_of_a_file_is_said_in_chinese(tmp_path: Path) -> None:
    order = CutOrder(tmp_path / "a", "a.txt", SourceConfig(), Limits(), 512, tmp_path / "b")
    sentences = {
        "超过 512 MB": memory_used_up(order).sentence,
        "已停止": Cancelled().sentence,
    }
    for said, english in sentences.items():
        assert said in in_language(english, "zh"), english


def test_doubts_are_said_in_chinese(texts: Path) -> None:
    (texts / "乱.txt").write_text("办法\n\n一、甲给予1万元。\n\n三、丙给予3万元。\n", encoding="utf-8")
    (doubt,) = load_corpus(texts).doubts
    assert "原文是否缺号" in in_language(doubt.message, "zh")


def test_doubts_about_tables_are_said_in_chinese() -> None:
    ragged = cells_of([["1", "2", "3"], ["甲", "一般", "4"], ["", "特种", "5"], ["乙"]])  # no heads, a blank
    said = [in_language(message, "zh") for _, message in read_grid(ragged).doubts]
    assert said == [
        "表格 4 行中有 1 行不是 3 格，这些行没有对上列名",
        "3 列的表格里认不出表头，各列没有列名",
        "表格第 1 列的空格按上一行的内容读取，请核对",
    ]
    assert in_language(unread(A_PICTURE, "流程图"), "zh").startswith("这里有图片（“流程图”），没有读取")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.ofd", "a.ofd：是 OFD"),
        ("a.mht", "a.mht：是单文件网页"),
        ("a.png", "a.png：是图片"),
        ("a.xyz", "a.xyz：不支持“.xyz”文件"),
    ],
)
def test_files_that_no_reader_exists_for_are_refused_in_chinese(name: str, said: str) -> None:
    assert why_not_read(name).said("zh").startswith(said)


def test_what_is_no_sentence_of_ours_stays_and_blanks_are_no_format() -> None:
    assert in_language("Something {0} else.", "zh") == "Something {0} else."
    assert in_language(Sentence("ingest.no_file_in_draft", name="{x} {0}"), "zh") == "草稿里没有文件“{x} {0}”。"
    assert in_all_tongues(Sentence("web.file_empty")) == {"zh": "文件是空的。", "en": "The file is empty."}


def test_no_folder_of_the_server_is_named(tmp_path: Path) -> None:
    roots = [(tmp_path, "POLICYQA_HOME"), (tmp_path / "questions", "POLICYQA_HOME"), (Path("var"), "POLICYQA_HOME")]
    said = Sentence(
        "eval.row_is_wrong", path=tmp_path / "questions/own.jsonl", row=3, what=Sentence("eval.broken_json")
    )
    assert told(said, "zh", roots) == "own.jsonl 第 3 行：不是有效的 JSON。"
    assert told(said, "en", roots) == "own.jsonl, row 3: broken JSON."
    assert without_folders(f"Cannot write to {tmp_path} (full).", roots) == "Cannot write to POLICYQA_HOME (full)."
    assert without_folders("var/runs/a cannot be deleted.", roots) == "runs/a cannot be deleted."
    assert without_folders("每亩20万元/年 (variable)", roots) == "每亩20万元/年 (variable)"
