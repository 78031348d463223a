"""Tables drawn in plain text with strokes or tabs, and lines that only happen to hold such a sign."""

from __future__ import annotations

import pytest

from ingest.corpus.load import segment
from ingest.readers.line_tables import find_tables
from ingest.types import Role


def rows(text: str) -> list[list[str]]:
    return [[cell.of(text) for cell in row.cells] for row in find_tables(text).rows]


@pytest.mark.parametrize(
    "table",
    [
        "类别\t奖励\n甲类\t50万元\n乙类\t20万元\n",
        "类别\t\t奖励\n甲类企业\t50万元\n乙类\t\t20万元\n".replace("甲类企业", "甲类"),  # tabs that line up the columns
        "| 类别 | 奖励 |\n| 甲类 | 50万元 |\n| 乙类 | 20万元 |\n",
        "类别｜奖励\n甲类｜50万元\n乙类｜20万元\n",
        "+----+----+\n| 类别 | 奖励 |\n|----|----|\n| 甲类 | 50万元 |\n| 乙类 | 20万元 |\n+----+----+\n",
        "│ 类别 │ 奖励 │\n├──┼──┤\n│ 甲类 │ 50万元 │\n│ 乙类 │ 20万元 │\n",
    ],
)
def test_strokes_and_tabs_make_rows(table: str) -> None:
    text = f"一、标准如下。\n{table}二、本办法自发布之日起施行。\n"
    found = find_tables(text)

    assert rows(text) == [["类别", "奖励"], ["甲类", "50万元"], ["乙类", "20万元"]]
    assert [row.is_head for row in found.rows] == [True, False, False]
    assert found.rows[2].heads == ("类别", "奖励")


@pytest.mark.parametrize(
    "text",
    [
        "1.\t对企业给予奖励。\n2.\t对个人给予补贴。\n3.\t以上不重复。\n",
        "第一条\t为了规范管理。\n第二条\t适用于本区。\n",
        "实施日期：2025年6月1日\t失效日期：2026年6月1日\n文号：云政发〔2025〕3号\t主题词：产业\n",
        "只有一行\t不是表格\n下面没有\n",
        "首页|新闻|政务公开\n正文在这里。\n",
        "没有任何符号的两行\n没有任何符号的两行\n",
    ],
)
def test_a_sign_alone_makes_no_table(text: str) -> None:
    assert rows(text) == []


def test_a_row_of_text_is_a_clause_with_the_group_and_the_unit_above(read) -> None:
    text = "云溪区奖励办法\n一、标准如下。\n单位：万元\n企业类别\t级别\t奖励\n小巨人\t国家级\t60\n\t省级\t25\n合计\t\t85\n二、施行。\n"
    cut = segment(read(text, "办法.txt"))
    clauses = [clause for clause in cut.clauses if clause.role is Role.TABLE_ROW]

    assert [clause.text for clause in clauses] == ["小巨人\t国家级\t60", "小巨人\t省级\t25", "合计\t85"]
    assert [(figure.text, figure.value, figure.unit) for figure in clauses[1].figures] == [("25", 250000, "元")]
    assert [(doubt.line, doubt.message) for doubt in cut.doubts] == [
        (6, "empty cells in column 1 of a table were read as the value above them")
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_parts_rows(end: str, read) -> None:
    text = end.join(["某某办法", "一、标准", "类别\t奖励", "甲\t\t", "乙\t2万元", "| 丙", ""])

    assert len(find_tables(text).rows) in (0, 3)
    segment(read(text, "a.txt"))  # raises when a character is lost
