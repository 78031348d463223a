"""What holds for every reader: whatever it names lies inside the text, in order, and never twice."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from itertools import pairwise

import docx
import pytest
from openpyxl import Workbook

from ingest.errors import SourceUnreadable
from ingest.readers.dispatch import SUFFIXES, format_of
from ingest.readers.office.libreoffice import TABLES, TEXTS
from ingest.types import SourceFile

RICH = "# 若干措施\n\n**第一条**　对[企业](a.html)给予奖励。\n\n| 类别 | 奖励 |\n|---|---|\n| A类 | 200万元 |\n\n第二条　施行。\n"
PAGE = (
    "<html><body><nav>首页</nav><h1>若干措施</h1><p>第一条　给予奖励。</p>"
    "<table><tr><th>类别</th><th>奖励</th></tr><tr><td>A类</td><td>200万元</td></tr></table><p>第二条　施行。</p></body></html>"
)


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("若干措施", 1)
    document.add_paragraph("第一条　给予奖励。")
    table = document.add_table(rows=2, cols=2)
    for where, word in zip([(0, 0), (0, 1), (1, 0), (1, 1)], ["类别", "奖励", "A类", "200万元"], strict=True):
        table.cell(*where).text = word
    document.add_paragraph("第二条　施行。")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    book = Workbook()
    for row in (["若干措施"], ["类别", "奖励"], ["A类", "200万元"], ["第二条　施行。"]):
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


READ_HERE = sorted(SUFFIXES - {*TEXTS, *TABLES})  # the others are turned into these by LibreOffice


@pytest.fixture
def file_of(make_pdf, pdf_page) -> Callable[[str], bytes]:
    def bytes_of(suffix: str) -> bytes:
        if suffix == ".pdf":
            rules = [(100, y, 300, y) for y in (140, 170, 200)] + [(x, 140, x, 200) for x in (100, 200, 300)]
            words = [
                (80, 90, "若干措施"),
                (110, 145, "类别"),
                (210, 145, "奖励"),
                (110, 175, "A类"),
                (210, 175, "200万元"),
            ]
            return make_pdf([pdf_page([*words, (80, 250, f"第{n}条"), (280, 800, f"— {n} —")], rules) for n in (4, 5)])
        if suffix == ".docx":
            return word_file()
        if suffix == ".xlsx":
            return workbook()
        if suffix == ".csv":
            return "若干措施,\n类别,奖励\nA类,200万元\n".encode("gb18030")
        return (PAGE if "htm" in suffix else "\ufeff" + RICH).encode()

    return bytes_of


@pytest.fixture(params=READ_HERE)
def source(request, read, file_of) -> SourceFile:
    return read(file_of(request.param), f"政策/若干措施{request.param}".replace("/", "_"))


@pytest.mark.parametrize("suffix", READ_HERE)
def test_the_format_is_told_by_the_first_bytes(suffix: str, tmp_path, file_of, read) -> None:
    for name in (f"若干措施{suffix}", *(["若干措施.txt"] if suffix != ".csv" else [])):  # commas tell nothing
        (tmp_path / name).write_bytes(file_of(suffix))
        assert format_of(tmp_path / name, name) == read(file_of(suffix), name).format


def test_a_format_that_is_not_read_is_refused_by_the_first_bytes(tmp_path) -> None:
    (tmp_path / "a").write_bytes(b"\x89PNG\r\n")
    with pytest.raises(SourceUnreadable, match="is a picture"):
        format_of(tmp_path / "a", "a.txt")
    with pytest.raises(SourceUnreadable, match="cannot be opened"):
        format_of(tmp_path / "nowhere", "a.txt")


def test_furniture_is_sorted_disjoint_inside_and_never_empty(source: SourceFile) -> None:
    assert all(0 <= one.span.start < one.span.end <= len(source.text) for one in source.furniture)
    assert all(left.span.end <= right.span.start for left, right in pairwise(source.furniture))
    assert all(one.kind for one in source.furniture)


def test_tables_are_sorted_and_hold_their_cells(source: SourceFile) -> None:
    assert all(left.span.end <= right.span.start for left, right in pairwise(source.tables))
    for row in source.tables:
        assert row.span.end <= len(source.text)
        assert all(row.span.contains(cell) for cell in row.cells)
        assert all(left.end <= right.start for left, right in pairwise(row.cells))
        assert len(row.heads) in {0, len(row.cells)}


def test_tables_are_found_in_every_format(source: SourceFile) -> None:
    rows = [[cell.of(source.text) for cell in row.cells] for row in source.tables]

    assert ["A类", "200万元"] in rows


def test_pages_ascend(source: SourceFile) -> None:
    assert all(left.offset < right.offset and left.page < right.page for left, right in pairwise(source.pages))
    assert [start.page for start in source.pages] == ([4, 5] if source.format == "pdf" else [])


def test_headings_begin_lines(source: SourceFile) -> None:
    assert all(offset == 0 or source.text[offset - 1] in "\n\ufeff" for offset, _ in source.headings)
    assert all(rank >= 1 for _, rank in source.headings)
    assert bool(source.headings) == (source.format in {"markdown", "html", "docx", "xlsx", "csv"})


def test_reading_twice_gives_the_same(read, file_of, source: SourceFile) -> None:
    suffix = "." + source.name.rsplit(".", 1)[1]

    data = file_of(suffix)
    assert read(data, source.name).text == source.text
    assert read(data, source.name).sha256 == hashlib.sha256(data).hexdigest()
