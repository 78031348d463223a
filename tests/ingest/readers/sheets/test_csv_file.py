"""CSV files: as a sheet, whatever parts the cells and whatever encodes them."""

from __future__ import annotations

import pytest

from ingest.corpus.load import segment

TABLE = '类别{0}单价（元）\n工业{0}9.80\n农业{0}"1,200"\n'


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_cells_are_parted_by_commas_semicolons_or_tabs_in_any_encoding(read, separator: str, encoding: str) -> None:
    source = read(TABLE.format(separator).encode(encoding), "水价.csv")
    assert source.text == "类别\t单价（元）\n工业\t9.80\n农业\t1,200\n"
    assert [document.title for document in segment(source).documents] == ["水价"]
    assert [figure.unit for clause in segment(source).clauses for figure in clause.figures][:1] == ["元"]


def test_a_title_and_a_note_are_lines(read) -> None:
    source = read("水价目录,,\n类别,单价,备注\n工业,9.80,无\n注：含税,,\n", "a.csv")
    assert source.text.splitlines() == ["水价目录", "类别\t单价\t备注", "工业\t9.80\t无", "注：含税"]
