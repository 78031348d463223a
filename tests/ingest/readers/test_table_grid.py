"""What the rows of a table mean: heads over several rows, merged values, headings and sums between the rows, doubts."""

from __future__ import annotations

import pytest

from ingest.readers.table_grid import (
    LONGEST_CARRIED,
    Cell,
    Grid,
    OpenCells,
    Spanned,
    cells_of,
    fill_row,
    is_total,
    read_grid,
    with_words,
)


def words(grid: Grid) -> list[list[str]]:
    """The rows that are no heads, a cell that is covered or empty as ""."""
    return [[cell.text if cell else "" for cell in row.cells] for row in grid.rows if not row.is_head]


def merged(*rows: list[tuple[str, int, int]]) -> list[list[Cell]]:
    """Rows written as HTML writes them: (words, columns, rows) of each cell."""
    going_on: OpenCells = {}
    return [fill_row([Spanned(*cell) for cell in row], going_on)[1] for row in rows]


def one(*cells: str) -> list[tuple[str, int, int]]:
    return [(cell, 1, 1) for cell in cells]


def test_a_merged_value_belongs_to_each_row_it_covers() -> None:
    grid = read_grid(
        merged(one("企业类别", "级别", "奖励"), [("小巨人", 1, 2), *one("国家级", "60万元")], one("省级", "25万元"))
    )

    assert words(grid) == [["小巨人", "国家级", "60万元"], ["小巨人", "省级", "25万元"]]
    assert grid.doubts == ()


def test_all_heads_above_a_column_are_joined() -> None:
    rows = merged(
        [("层次", 1, 2), ("购房补贴（万元）", 2, 1), ("租房补贴（元/月）", 2, 1)],
        one("全职", "柔性", "全职", "柔性"),
        one("甲类", "90", "45", "6000", "3000"),
    )
    heads = (
        "层次",
        "购房补贴（万元）·全职",
        "购房补贴（万元）·柔性",
        "租房补贴（元/月）·全职",
        "租房补贴（元/月）·柔性",
    )

    for told in (None, 1, 2):  # whether the format says so or not
        grid = read_grid(rows, told)
        assert [row.is_head for row in grid.rows] == [True, True, False]
        assert grid.rows[2].heads == heads


@pytest.mark.parametrize(
    "first",
    [
        ["项目一", "年营业收入达到3千万元", "9万元"],  # a row of content
        ["1", "2", "3"],
        ["类别", "类别", "奖励"],
        ["类别", "", "奖励"],
        ["类别", "对在本区注册并纳税的企业，按照实际投资额给予补助。", "奖励"],
    ],
)
def test_a_first_row_of_content_heads_nothing(first: list[str]) -> None:
    grid = read_grid(cells_of([first, ["项目二", "年营业收入达到5千万元", "15万元"]]))

    assert not any(row.is_head for row in grid.rows)


def test_ranges_and_years_may_head_columns() -> None:
    grid = read_grid(cells_of([["", "5000万元以下", "5000万元—1亿元", "2026年"], ["制造业", "4%", "6%", "7%"]]))

    assert grid.rows[1].heads == ("", "5000万元以下", "5000万元—1亿元", "2026年")


def test_a_form_has_no_heads() -> None:
    grid = read_grid(cells_of([["事项名称", "创业补贴"], ["申请条件", "登记满一年"], ["联系电话", "12345"]]))

    assert not any(row.is_head for row in grid.rows)


def test_a_title_row_and_a_unit_row_above_the_heads() -> None:
    rows = merged([("奖励标准", 3, 1)], [("单位：万元", 3, 1)], one("序号", "类别", "奖励金额"), one("1", "甲类", "30"))
    grid = read_grid(rows)

    assert [row.is_head for row in grid.rows] == [True, True, True, False]
    assert grid.rows[3].heads == ("序号", "类别", "奖励金额（单位：万元）")  # serial numbers are not counted in 万元
    assert read_grid(rows[2:], None, "单位：万元").rows[1].heads == grid.rows[3].heads


def test_heads_that_come_again_are_known() -> None:
    heads = ["项目", "金额"]
    grid = read_grid(cells_of([heads, ["甲", "1万元"], heads, ["乙", "2万元"]]))

    assert [row.is_head for row in grid.rows] == [True, False, True, False]


def test_a_row_over_all_columns_heads_those_below() -> None:
    rows = merged(
        one("项目", "条件", "金额"), [("一、制造业", 3, 1)], one("甲", "达标", "1万元"), [("二、服务业", 3, 1)],
        one("乙", "达标", "2万元"), [("注：每户限一次。", 3, 1)],
    )  # fmt: skip
    grid = read_grid(rows)

    assert [(row.group, row.is_head) for row in grid.rows[1:]] == [
        ("", True), ("一、制造业", False), ("", True), ("二、服务业", False), ("二、服务业", False),
    ]  # fmt: skip


def test_empty_places_of_the_first_columns_repeat_the_value_above() -> None:
    grid = read_grid(
        cells_of(
            [
                ["类别", "性质", "单价"],
                ["工业", "一般", "4.10"],
                ["", "特种", "8.20"],
                ["", "", "9.30"],
                ["居民", "", "2.40"],  # another group: nothing is known of its 性质
                ["合计", "", "24.00"],
                ["", "其他", "1.00"],  # a sum heads nothing
            ]
        )
    )

    assert words(grid) == [
        ["工业", "一般", "4.10"], ["工业", "特种", "8.20"], ["工业", "特种", "9.30"], ["居民", "", "2.40"], ["合计", "", "24.00"],
        ["", "其他", "1.00"],
    ]  # fmt: skip
    assert [message for _, message in grid.doubts] == [
        "empty cells in column 1 of a table were read as the value above them",
        "empty cells in column 2 of a table were read as the value above them",
    ]


def test_ragged_rows_stand_without_heads_and_are_told() -> None:
    grid = read_grid(cells_of([["类", "额", "期"], ["甲", "1万元", "一年"], ["乙"], ["丙", "2万元", "一年", "注"]]))

    assert [bool(row.heads) for row in grid.rows] == [True, True, False, False]
    assert grid.doubts == ((2, "2 of 4 table rows have not 3 cells and stand without column heads"),)


def test_a_long_merged_cell_is_not_repeated() -> None:
    long = "长" * (LONGEST_CARRIED + 1)
    grid = read_grid(merged(one("说明", "额"), [(long, 1, 3), ("1万元", 1, 1)], one("2万元"), one("3万元")))

    assert words(grid) == [[long, "1万元"], ["", "2万元"], ["", "3万元"]]
    assert grid.doubts == ((1, "a long cell beside several table rows was left with the first of them"),)


def test_absurd_spans_stay_inside_the_table() -> None:
    rows = merged([("甲", 10**9, 10**9), ("乙", 1, 1)], one("丙"))

    assert max(map(len, rows)) <= 201


def test_rows_that_print_nothing_of_their_own_are_left_out() -> None:
    rows = merged([("甲", 1, 3), ("乙", 1, 1)], one(""), one("丙"))

    assert [[cell.text for cell in row] for row in with_words(rows)] == [["甲", "乙"], ["甲", "丙"]]


@pytest.mark.parametrize(
    ("first", "total"),
    [("合计", True), ("合 计", True), ("总计", True), ("小计", True), ("合作社", False), ("会计", False)],
)
def test_sums_are_known_by_their_name(first: str, total: bool) -> None:
    assert is_total(first) is total
