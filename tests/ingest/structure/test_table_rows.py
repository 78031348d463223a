"""Rows of tables as clauses: each means something alone, and no character of a row is lost."""

import pytest

from ingest.corpus.load import Segmented, segment
from ingest.corpus.packed_clauses import PackedClauses
from ingest.readers.html.reader import read_html
from ingest.readers.limits import Limits
from ingest.readers.markdown.reader import read_markdown
from ingest.readers.table_grid import MANY_ROWS
from ingest.types import Bound, Role, Span


def page(body: str) -> Segmented:
    return segment(read_html(f"<html><body><p>关于目录的通知</p>{body}</body></html>".encode(), "a.html", Limits()))


def rows(cut: Segmented) -> list[tuple[str, tuple[str, ...]]]:
    return [(clause.text, clause.path[1:]) for clause in cut.clauses if clause.role is Role.TABLE_ROW]


HEADS = "<tr><th>等级</th><th>一档</th><th>二档</th></tr>"


def test_a_table_right_below_the_word_annex_is_no_title_of_it() -> None:
    cut = page(f"<p>一、执行。</p><p>附件1</p><table>{HEADS}<tr><td>不满1KV</td><td>0.5</td><td>0.6</td></tr></table>")

    assert rows(cut) == [("不满1KV\t0.5\t0.6", ("附件1", "等级 ｜ 一档 ｜ 二档"))]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["甲", "", "乙"], "甲\t乙"),
        (["", "", "乙"], "乙"),
        (["甲", "", ""], "甲"),
        (["甲", "乙", ""], "甲\t乙"),
    ],
)
def test_empty_cells_lose_nothing(cells: list[str], text: str) -> None:
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    piped = "| " + " | ".join(cells) + " |"
    markdown = f"# 通知\n\n一、执行。\n\n| 等级 | 一档 | 二档 |\n|---|---|---|\n{piped}\n| 丙 | 丁 | 戊 |\n"

    assert rows(page(f"<p>一、执行。</p><table>{HEADS}<tr>{row}</tr></table>"))[0][0] == text
    assert rows(segment(read_markdown(markdown.encode(), "a.md", Limits())))[0][0] == text


def test_a_number_in_a_cell_begins_no_list() -> None:
    cut = page(
        "<p>一、执行。</p><table>" + HEADS + "<tr><td>1.</td><td>甲</td><td>乙</td></tr></table><p>二、施行。</p>"
    )

    assert [clause.address for clause in cut.clauses] == ["一、", "二、"]
    assert rows(cut)[0][0] == "1.\t甲\t乙"


MERGED = (
    f"<table>{HEADS}<tr><td rowspan='2'>高压</td><td>0.5</td><td rowspan='2'>另议</td></tr><tr><td>0.7</td></tr>"
    "<tr><td>低压</td><td>0.9</td><td>0.8</td></tr></table>"
)


def test_a_merged_value_is_in_each_row_and_counts_once() -> None:
    cut = page(f"<p>一、执行。</p>{MERGED}")  # segment raises when a character counts twice or not at all
    first, second, third = [clause for clause in cut.clauses if clause.role is Role.TABLE_ROW]

    assert [clause.text for clause in (first, second, third)] == [
        "高压\t0.5\t另议",
        "高压\t0.7\t另议",
        "低压\t0.9\t0.8",
    ]
    assert [cell.head for cell in second.cells] == ["等级", "一档", "二档"]
    assert second.own_pieces == (second.pieces[2],)
    assert second.span.of(cut.source.text) == "0.7"
    assert third.own_pieces == third.pieces


def test_every_place_in_a_row_leads_back_to_the_source() -> None:
    cut = page(f"<p>一、执行。</p>{MERGED}")
    rows = [clause for clause in cut.clauses if clause.cells]

    for clause in rows:
        for cell in clause.cells:
            assert clause.in_source(cell.span).of(cut.source.text) == cell.span.of(clause.text)
        whole = clause.in_source(Span(0, len(clause.text)))  # also where a later cell is printed before an earlier one
        assert all(whole.contains(clause.in_source(cell.span)) for cell in clause.cells)


def test_a_row_keeps_its_cells_when_it_is_packed() -> None:
    cut = page(f"<p>一、执行。</p>{MERGED}")

    assert tuple(PackedClauses(cut.clauses)) == cut.clauses


def test_figures_of_a_row_have_the_unit_of_their_column() -> None:
    heads = "<tr><th>用户</th><th>单价（元/千瓦时）</th><th>年度上限（万元）</th></tr>"
    cut = page(f"<p>一、执行。</p><table>{heads}<tr><td>甲类</td><td>0.45</td><td>80</td></tr></table>")
    (row,) = [clause for clause in cut.clauses if clause.cells]

    assert [(figure.text, figure.unit, figure.bound) for figure in row.figures] == [
        ("0.45", "元/千瓦时", Bound.EXACT),
        ("80", "元", Bound.AT_MOST),
    ]
    assert [figure.span.of(row.text) for figure in row.figures] == ["0.45", "80"]


def test_a_heading_between_rows_stands_in_the_path_of_those_below() -> None:
    body = f"{HEADS}<tr><td colspan='3'>一、生产用电</td></tr><tr><td>高压</td><td>0.5</td><td>0.6</td></tr>"
    cut = page(f"<p>一、执行。</p><table>{body}</table>")

    assert rows(cut) == [("高压\t0.5\t0.6", ("一、执行。", "一、生产用电", "等级 ｜ 一档 ｜ 二档"))]
    assert [heading.text for heading in cut.headings if heading.kind == "table"] == ["等级\t一档\t二档", "一、生产用电"]


def test_a_very_long_table_is_read_and_told() -> None:
    body = "".join(f"<tr><td>{n}级</td><td>0.5</td><td>0.6</td></tr>" for n in range(MANY_ROWS))
    cut = page(f"<p>一、执行。</p><table>{HEADS}{body}</table>")

    assert sum(clause.role is Role.TABLE_ROW for clause in cut.clauses) == MANY_ROWS
    assert [doubt.message for doubt in cut.doubts] == [f"a table of {MANY_ROWS + 1} rows: each became a clause"]
