"""Workbooks: every cell as the sheet shows it, in one clause; what is broken is told in a sentence."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from ingest.corpus.load import segment
from ingest.errors import SourceUnreadable
from ingest.readers.limits import Limits
from ingest.types import Role, SourceFile


def saved(fill: Callable[[Any], object]) -> bytes:
    book = Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def prices(book: Any) -> None:
    sheet = book.active
    sheet.append(["青川区2026年水价调整目录"])
    sheet.append(["单位：元/立方米"])
    sheet.append(["类别", "项目", "单价", "施行日期"])
    sheet.append(["工业", "取水", 9.8, datetime.date(2026, 1, 1)])
    sheet.append([None, "排水", 0.05, None])
    sheet.append(["农业", "取水", 1234567, None])
    sheet.append(["备注：以上价格含税。\n自发布之日起执行。"])
    for number, form in (("C4", "0.00"), ("C5", "0%"), ("C6", '#,##0"元"')):
        sheet[number].number_format = form
    for area in ("A1:D1", "A2:D2", "A4:A5", "A7:D7"):
        sheet.merge_cells(area)
    other = book.create_sheet("联系方式")
    other.append(["单位", "电话"])
    other.append(["水务局", "0477-1234567"])


def rows_of(source: SourceFile) -> list[tuple[str, str]]:
    return [(one.path[-1], one.text) for one in segment(source).clauses if one.role is Role.TABLE_ROW]


def test_sheets_are_titles_tables_and_notes(read) -> None:
    source = read(saved(prices), "水价.xlsx")
    assert source.text.splitlines() == [
        "青川区2026年水价调整目录",
        "单位：元/立方米",
        "类别\t项目\t单价\t施行日期",
        "工业\t取水\t9.80\t2026-01-01",
        "\t排水\t5%\t",
        "农业\t取水\t1,234,567元\t",
        "备注：以上价格含税。 自发布之日起执行。",
        "联系方式",
        "单位\t电话",
        "水务局\t0477-1234567",
    ]
    cut = segment(source)
    assert [document.title for document in cut.documents] == ["青川区2026年水价调整目录"]
    heads = "类别 ｜ 项目 ｜ 单价（单位：元/立方米） ｜ 施行日期"
    assert rows_of(source) == [
        (heads, "工业\t取水\t9.80\t2026-01-01"),
        (heads, "工业\t排水\t5%"),  # the merged 工业 belongs to both rows
        (heads, "农业\t取水\t1,234,567元"),
        ("单位 ｜ 电话", "水务局\t0477-1234567"),
    ]
    assert cut.clauses[-1].path[:2] == ("青川区2026年水价调整目录", "联系方式")


def test_every_cell_stands_in_one_clause_or_heading(read) -> None:
    cells = [[f"甲{row}{column}" for column in range(4)] for row in range(6)]

    def fill(book: Any) -> None:
        for row in [["名录"], ["名称", "地址", "电话", "备注"], *cells]:
            book.active.append(row)

    cut = segment(read(saved(fill), "名录.xlsx"))
    owned = "\n".join(piece.of(cut.source.text) for clause in cut.clauses for piece in clause.own_pieces)
    assert [owned.count(word) for row in cells for word in row] == [1] * 24


def test_a_table_without_a_title_takes_the_name_of_its_file(read) -> None:
    source = read(
        saved(lambda book: [book.active.append(row) for row in (["类别", "奖励"], ["A类", "5万元"])]), "奖励.xlsx"
    )
    assert [document.title for document in segment(source).documents] == ["奖励"]


def test_what_the_file_does_not_show_is_doubtful(read) -> None:
    def fill(book: Any) -> None:
        book.active.append(["类别", "合计"])
        book.active.append(["A类", "=1+1"])
        hidden = book.create_sheet("草稿")
        hidden.append(["内部", "说明"])
        hidden.sheet_state = "hidden"

    doubts = [str(message) for _, message in read(saved(fill), "表.xlsx").doubts]
    assert any("1 formulas without a value" in doubt for doubt in doubts)
    assert any("草稿 is hidden" in doubt for doubt in doubts)


def test_broken_workbooks_are_told_in_a_sentence(read) -> None:
    good = saved(prices)
    with pytest.raises(SourceUnreadable, match="no workbook"):
        read(good[: len(good) // 2], "a.xlsx")
    with pytest.raises(SourceUnreadable, match="unpacks to more than"):
        read(good, "b.xlsx", Limits(max_unpacked_bytes=100))
    with pytest.raises(SourceUnreadable, match="not read after"):
        read(good, "c.xlsx", Limits(max_seconds=0))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/styles.xml":
                content = b'<!DOCTYPE a [<!ENTITY b "c">]>' + content
            new.writestr(part, content)
    with pytest.raises(SourceUnreadable, match="no workbook"):
        read(buffer.getvalue(), "d.xlsx")


def test_a_workbook_is_told_by_its_parts_whatever_its_name(read) -> None:
    assert read(saved(prices), "水价.docx").format == "xlsx"
