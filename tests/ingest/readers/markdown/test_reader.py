"""Markdown: the file's own text, its marks named, so that a clause reads clean."""

from __future__ import annotations

import pytest

from ingest.corpus.load import segment
from ingest.errors import SourceUnreadable
from ingest.readers.markdown.tables import HOLDS_TABLE, ROWS_IN_ONE_LINE

LAW = """\
---
sidebar: auto
---

# 中华人民共和国中医药法

*2016年12月25日第十二届全国人民代表大会常务委员会第二十五次会议通过*

## 第一章　总则

**第一条**　为了继承和弘扬中医药，保障和促进中医药事业发展，制定本法。
"""


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**第一条**　为了继承和弘扬中医药", "第一条　为了继承和弘扬中医药"),
        ("对**“专精特新”**企业给予奖励", "对“专精特新”企业给予奖励"),  # CommonMark sees no emphasis here
        ("**对*国家级*企业**给予奖励", "对国家级企业给予奖励"),
        ("***最高*** 100 万元", "最高 100 万元"),
        ("*2018年3月11日通过*", "2018年3月11日通过"),
        ("__试行期__一年", "试行期一年"),
        ("~~2020年~~2023年", "2020年2023年"),
        ("参见[实施细则](http://example.org/a_b.html)执行", "参见实施细则执行"),
        ("参见[**实施**细则](a.html)", "参见实施细则"),
        ("![国徽图案](./national-emblem.jpg)", ""),
        ("> 第二条　本法所称中医药", "第二条　本法所称中医药"),
        ("> > 引用", "引用"),
        ("- 补贴 50%", "补贴 50%"),
        ("* 补贴 50%", "补贴 50%"),
        ("- [x] 已兑现", "已兑现"),
        ("1. 补贴 50%", "1. 补贴 50%"),  # the number is the address of the clause
        ("（一）补贴 50%", "（一）补贴 50%"),
        ("::: tip 第七节　监察委员会", "第七节　监察委员会"),
        ("<!-- 待核 -->奖励", "奖励"),
        ("面积<br>10 亩", "面积10 亩"),
        ('<td colspan="2">辽宁</td>', "辽宁"),
        ("<style>\n.a { color: red }\n</style>", ""),
        ("`申报表`一式两份", "申报表一式两份"),
        (r"3\*5 米", "3*5 米"),
        ("奖励&nbsp;100万元", "奖励100万元"),
        # what only looks like a mark
        ("面积 3*5*2 立方米", "面积 3*5*2 立方米"),
        ("执行<GB/T 19001>标准", "执行<GB/T 19001>标准"),
        ("修改<中华人民共和国保险法>的决定", "修改<中华人民共和国保险法>的决定"),
        ("联系人：______ 电话：______", "联系人：______ 电话：______"),
        ("注：带*为必填", "注：带*为必填"),
        ("file_name_v2 与 a_b", "file_name_v2 与 a_b"),
        ("-5℃以下", "-5℃以下"),
        ("***", ""),
        ("- - -", ""),
    ],
)
def test_marks_are_furniture(read, clean, markdown: str, plain: str) -> None:
    source = read(f"总则\n\n{markdown}\n", "法.md")

    assert source.text == f"总则\n\n{markdown}\n"
    assert clean(source) == f"总则\n\n{plain}\n" or clean(source).split() == f"总则\n\n{plain}\n".split()


def test_a_law_reads_clean_and_keeps_its_headings(read, clean) -> None:
    source = read(LAW, "法.md")

    assert source.text == LAW
    assert clean(source).split("\n") == [
        "",
        "中华人民共和国中医药法",
        "",
        "2016年12月25日第十二届全国人民代表大会常务委员会第二十五次会议通过",
        "",
        "第一章　总则",
        "",
        "第一条　为了继承和弘扬中医药，保障和促进中医药事业发展，制定本法。",
        "",
    ]
    assert [(LAW[offset:].split("\n")[0], rank) for offset, rank in source.headings] == [
        ("# 中华人民共和国中医药法", 1),
        ("## 第一章　总则", 2),
    ]
    assert source.furniture[0].kind == "front matter"
    assert source.furniture[0].span.of(LAW) == "---\nsidebar: auto\n---\n"


@pytest.mark.parametrize(
    ("markdown", "ranks"),
    [
        ("# 一\n### 二\n", [1, 3]),
        ("#一、总则\n", [1]),  # no space: usual in Chinese files
        ("####### 七\n", []),
        ("#1 楼\n", []),
        ("## 总则 ##\n", [2]),
        ("总则\n===\n", [1]),
        ("总则\n---\n", [2]),
        ("本法自公布之日起施行。\n---\n", []),  # a sentence above a rule
        ("甲\n乙\n---\n", []),
        ("```\n# 代码\n```\n", []),
        ("> ## 引用的标题\n", [2]),
    ],
)
def test_heading_ranks(read, markdown: str, ranks: list[int]) -> None:
    assert [rank for _, rank in read("\n" + markdown, "法.md").headings] == ranks


def test_line_ends_of_windows_keep_offsets_exact(read, clean) -> None:
    source = read(LAW.replace("\n", "\r\n"), "法.md")

    assert source.text == LAW.replace("\n", "\r\n")
    assert "第一章　总则\r\n" in clean(source)
    assert [source.text[offset] for offset, _ in source.headings] == ["#", "#"]


def test_byte_order_mark_and_front_matter_stand_side_by_side(read) -> None:
    source = read("\ufeff" + LAW, "法.md")

    assert [one.kind for one in source.furniture[:2]] == ["byte order mark", "front matter"]


def test_pipe_table_becomes_rows(read, clean) -> None:
    text = "税率表：\n\n| 级数 | 全年应纳税所得额 | 税率（%） |\n| --- | :---: | --: |\n| 1 | 不超过 36000 元的 | 3 |\n|2|超过 36000 元|10|\n\n附注\n"
    source = read(text, "税.md")

    assert [[cell.of(text) for cell in row.cells] for row in source.tables] == [
        ["级数", "全年应纳税所得额", "税率（%）"],
        ["1", "不超过 36000 元的", "3"],
        ["2", "超过 36000 元", "10"],
    ]
    assert [row.is_head for row in source.tables] == [True, False, False]
    assert source.tables[1].heads == ("级数", "全年应纳税所得额", "税率（%）")
    assert "1 不超过 36000 元的 3\n2|超过 36000 元|10\n" in clean(source)  # words of two cells never touch


def test_a_pipe_alone_is_no_table(read) -> None:
    assert read("甲|乙\n丙|丁\n", "a.md").tables == ()


def test_html_table_becomes_rows(read) -> None:
    text = "<table>\n<tr><th>地区</th><th>税额</th></tr>\n<tr>\n  <td>辽宁、湖北</td>\n  <td>25</td>\n</tr>\n</table>\n"
    source = read(text, "税.md")

    assert [[cell.of(text) for cell in row.cells] for row in source.tables] == [["地区", "税额"], ["辽宁、湖北", "25"]]
    assert source.tables[1].heads == ("地区", "税额")


def test_hostile_marks_end_in_time(read) -> None:
    hostile = "[" * 20_000 + "**" * 20_000 + "<" * 20_000 + "`" * 20_000 + "\n" + "> " * 5_000 + "\n"

    assert read(hostile, "a.md").text == hostile


def test_empty_markdown_is_refused(read) -> None:
    with pytest.raises(SourceUnreadable, match="is empty"):
        read("\n\n", "法.md")


def test_pictures_are_doubtful_where_they_stand(read) -> None:
    source = read("# 奖励办法\n\n标准见下图。\n\n![一等奖10万元](a.png)\n\n<img src='b.png'>\n", "a.md")

    assert [line for line, _ in source.doubts] == [5, 7]
    assert "“一等奖10万元”" in source.doubts[0][1]


def test_empty_cells_break_no_row_and_a_row_of_them_is_no_row(read) -> None:
    text = "# 奖励办法\n\n| 类别 | 奖励 |\n|---|---|\n| |20万元 |\n||30万元|\n| | |\n|甲|5万元|\n||6万元|\n"
    source = read(text, "a.md")

    assert [[cell.of(text) for cell in row.cells] for row in source.tables[1:]] == [
        ["", "20万元"], ["", "30万元"], ["甲", "5万元"], ["甲", "6万元"],
    ]  # fmt: skip
    segment(source)  # raises when a character is lost


def test_ragged_pipe_rows_are_told(read) -> None:
    source = read("| 类 | 额 |\n|---|---|\n| 甲 | 1万元 |\n| 乙 |\n", "a.md")

    assert source.doubts == ((4, "1 of 3 table rows have not 2 cells and stand without column heads"),)


def test_html_table_with_merged_cells(read) -> None:
    text = (
        '<table>\n<tr><th rowspan="2">类别</th><th colspan="2">奖励（万元）</th></tr>\n<tr><th>市</th><th>区</th></tr>\n'
        '<tr><td rowspan="2">**甲类**</td><td>20</td><td>10</td></tr>\n<tr><td>15</td><td>5</td></tr>\n</table>\n'
    )
    source = read(text, "a.md")
    rows = [clause for clause in segment(source).clauses if clause.cells]

    assert [clause.text for clause in rows] == ["甲类\t20\t10", "甲类\t15\t5"]
    assert source.tables[3].heads == ("类别", "奖励（万元）·市", "奖励（万元）·区")


@pytest.mark.parametrize(
    ("table", "doubts"),
    [
        ("<table><tr><td>甲</td><td>1万元</td></tr><tr><td>乙</td><td>2万元</td></tr></table>", [ROWS_IN_ONE_LINE]),
        (
            "<table>\n<tr><td>甲\n<table>\n<tr><td>乙</td><td>2万元</td></tr>\n</table>\n</td></tr>\n</table>",
            [HOLDS_TABLE],
        ),
    ],
)
def test_html_tables_that_are_read_as_text_are_told(read, table: str, doubts: list[str]) -> None:
    source = read(f"# 办法\n\n{table}\n", "a.md")

    assert [message for _, message in source.doubts] == doubts
    segment(source)
