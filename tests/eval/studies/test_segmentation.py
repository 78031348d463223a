"""Segmentation held against small sets of marked articles, headings and formats."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import pytest

from eval.__main__ import main
from eval.studies.segmentation import measure_folder, segmentation_table
from ingest.errors import EvaluationUnusable

LAW = "某某条例\n第一章　总则\n第一条　为了规范管理，制定本条例。\n第二条　本条例适用于本市。\n第二章　附则\n第三条　本条例自2024年1月1日起施行。\n"
POLICY = "关于促进发展的若干措施\n一、总体要求\n（一）支持企业。给予奖励。\n（二）支持人才。给予补贴。\n二、附则\n本措施自印发之日起施行。\n"


def write(folder: Path, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    (folder / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(LAW, encoding="utf-8")
    articles = [
        ("第一条", "为了规范管理，制定本条例。", "第一章　总则"),
        ("第 二 条", "本条例适用于本市。", "第一章　总则"),
        ("第三条", "本条例自2024年1月1日起施行。", "第二章　附则"),
    ]
    rows = [{"doc": "a.txt", "label": label, "text": text, "chapter": chapter} for label, text, chapter in articles]
    write(tmp_path, "articles.jsonl", rows)
    write(tmp_path, "manifest.jsonl", [{"doc": "a.txt", "contiguous": True}])
    return tmp_path


def test_articles_and_their_chapters_are_counted(laws: Path) -> None:
    articles, chapters = measure_folder(laws)

    assert (articles.expected, articles.found, articles.spurious) == (3, 3, 0)
    assert (chapters.expected, chapters.found) == (3, 3)
    assert articles.speed is not None


def test_a_changed_article_is_missed_and_not_called_spurious(laws: Path) -> None:
    text = (laws / "a.txt").read_text(encoding="utf-8")
    (laws / "a.txt").write_text(text.replace("适用于本市", "适用于全市"), encoding="utf-8")
    articles, _ = measure_folder(laws)

    assert (articles.found, articles.spurious, articles.misses) == (2, 0, ("第 二 条 of a.txt",))


def test_an_article_nobody_marked_is_spurious(laws: Path) -> None:
    (laws / "a.txt").write_text(LAW + "第四条　另有规定的除外。\n", encoding="utf-8")

    assert measure_folder(laws)[0].spurious == 1


def test_an_article_under_another_chapter_is_told(laws: Path) -> None:
    (laws / "a.txt").write_text(LAW.replace("第二章　附则\n", ""), encoding="utf-8")

    assert measure_folder(laws)[1].misses == ("第三条 of a.txt",)


def test_a_file_that_is_not_there_counts_as_missed(laws: Path) -> None:
    (laws / "a.txt").unlink()
    articles, _ = measure_folder(laws)

    assert (articles.expected, articles.found, articles.skipped) == (3, 0, 1)


def heading(line: int, kind: str) -> dict[str, object]:
    return {"line": line, "kind": kind, "n": 1, "head": POLICY.splitlines()[line - 1]}


@pytest.mark.parametrize(
    ("items", "expected", "found", "spurious"),
    [
        ([heading(2, "cn_dun"), heading(3, "paren_cn"), heading(4, "paren_cn"), heading(5, "cn_dun")], 4, 4, 0),
        ([heading(2, "cn_dun"), heading(3, "paren_cn"), heading(4, "paren_cn")], 3, 3, 1),
        ([heading(2, "cn_dun"), heading(3, "num"), heading(4, "paren_cn"), heading(5, "cn_dun")], 4, 3, 1),
    ],
)
def test_headings_are_counted_by_line_and_kind(
    tmp_path: Path, items: list[dict[str, object]], expected: int, found: int, spurious: int
) -> None:
    (tmp_path / "a.txt").write_text(POLICY, encoding="utf-8")
    closed = {"cn_dun": True, "paren_cn": True, "num": True}
    write(tmp_path, "structure_gold.jsonl", [{"doc": "a.txt", "items": items, "closed": closed}])
    (row,) = measure_folder(tmp_path)

    assert (row.expected, row.found, row.spurious) == (expected, found, spurious)


def test_kinds_whose_runs_are_open_are_not_expected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(POLICY, encoding="utf-8")
    rows = [{"doc": "a.txt", "items": [heading(2, "cn_dun")], "closed": {"cn_dun": False}}]
    write(tmp_path, "structure_gold.jsonl", rows)

    assert measure_folder(tmp_path)[0].expected == 0


@pytest.fixture
def formats(tmp_path: Path) -> Path:
    folder = tmp_path / "formats"
    folder.mkdir()
    (tmp_path / "a.txt").write_text(POLICY, encoding="utf-8")
    document = docx.Document()
    for line in POLICY.splitlines():
        document.add_paragraph(line)
    document.save(str(folder / "a.docx"))
    page = "".join(f"<p>{line}</p>" for line in POLICY.replace("给予补贴", "给予奖补").splitlines())
    (folder / "a.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    row: dict[str, object] = {"docx": "a.docx", "html": "a.html", "source_text": "a.txt"}
    write(folder, "manifest.jsonl", [row, {**row, "docx": "gone.docx", "html": None}])
    return folder


def test_formats_are_held_against_the_text(formats: Path) -> None:
    word, page = measure_folder(formats)

    assert (word.measure, word.share, word.skipped) == ("docx against text", 1.0, 1)
    assert page.expected - page.found == len(page.misses) == 1
    assert page.misses[0].startswith("一、（二） of a.html")


def test_cells_that_fell_apart_in_the_text_are_not_looked_for(tmp_path: Path) -> None:
    text = "关于目录的通知\n一、执行目录。\n附件1\n名称\n标准\n甲项\n100万元\n"
    table = "<table><tr><th>名称</th><th>标准</th></tr><tr><td>甲项</td><td>100万元</td></tr></table>"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    page = f"<html><body><p>关于目录的通知</p><p>一、执行目录。</p><p>附件1</p>{table}</body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    write(tmp_path, "manifest.jsonl", [{"doc": "a.txt", "html": "a.html"}])
    (row,) = measure_folder(tmp_path)

    assert (row.expected, row.found, row.misses) == (1, 1, ())


def test_table_shows_counts_and_the_first_misses(laws: Path) -> None:
    (laws / "a.txt").write_text(LAW.replace("本市", "全市"), encoding="utf-8")
    table = segmentation_table(measure_folder(laws))

    assert "66.667%" in table
    assert "missed  第 二 条 of a.txt" in table


def test_command_prints_json(laws: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["segmentation", str(laws), "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert [(row["measure"], row["share"]) for row in rows] == [("articles", 1.0), ("their chapters", 1.0)]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "nothing to measure"),
        ({"articles.jsonl": "{"}, "line 1: is no JSON"),
        ({"articles.jsonl": '{"label": "第一条"}'}, "lacks the field 'doc'"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path, files: dict[str, str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=words):
        measure_folder(tmp_path)

    assert main(["segmentation", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
