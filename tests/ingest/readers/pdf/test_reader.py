"""PDF: printed lines in order, running lines named, tables as rows; scans and damage refused."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace

import fpdf
import pytest

from ingest.corpus.load import segment
from ingest.errors import SourceUnreadable
from ingest.readers.limits import Limits
from ingest.readers.pdf.lines import Glyph, lines_of, readable
from ingest.readers.pdf.reader import OTHER_COLUMNS
from ingest.types import PageStart

LEFT, TOP, STEP = 78, 90, 20


def body(*lines: str) -> list[tuple[float, float, str]]:
    return [(LEFT, TOP + STEP * number, line) for number, line in enumerate(lines)]


def kinds(source) -> list[tuple[str, str]]:
    return [(one.span.of(source.text), one.kind) for one in source.furniture]


def test_lines_stand_in_reading_order_as_they_are_wrapped(read, make_pdf, pdf_page) -> None:
    words = [*reversed(body("第一条　为了优化营商环境，制", "定本条例。")), (300, TOP, "右边")]
    source = read(make_pdf([pdf_page(words)]), "条例.pdf")

    assert source.text == "第一条　为了优化营商环境，制 右边\n定本条例。\n"
    assert source.format == "pdf"
    assert source.pages == (PageStart(0, 1),)


def test_indent_of_a_paragraph_is_kept_as_two_spaces(read, make_pdf, pdf_page) -> None:
    words = [
        (LEFT + 24, 100, "第一条　为了优化"),
        (LEFT, 120, "营商环境，制定本"),
        (LEFT, 140, "条例。"),
        (250, 160, "落款"),
    ]

    assert read(make_pdf([pdf_page(words)]), "a.pdf").text == "　　第一条　为了优化\n营商环境，制定本\n条例。\n落款\n"


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        (["— 1 —", "— 2 —", "— 3 —"], [1, 2, 3]),
        (["- 7 -", "- 8 -", "- 9 -"], [7, 8, 9]),
        (["第1页 共3页", "第2页 共3页", "第3页 共3页"], [1, 2, 3]),
        (["1/3", "2/3", "3/3"], [1, 2, 3]),
        (["", "１", "２"], [1, 2]),  # a cover without number, full-width digits
    ],
)
def test_printed_page_numbers_are_found(read, make_pdf, pdf_page, numbers: list[str], printed: list[int]) -> None:
    pages = [pdf_page([*body(f"正文{'甲乙丙'[i]}"), (280, 800, number)]) for i, number in enumerate(numbers)]
    source = read(make_pdf(pages), "a.pdf")

    assert [kind for _, kind in kinds(source)] == ["page number"] * len([one for one in numbers if one])
    assert [start.page for start in source.pages] == printed
    assert [source.text[start.offset :][:2] for start in source.pages] == ["正文"] * len(printed)


def test_running_header_and_footer_are_named(read, make_pdf, pdf_page) -> None:
    pages = [
        pdf_page([(200, 40, f"投资政策汇编 第 {n} 页"), *body(f"第{n}条　正文"), (200, 800, "某某局印")])
        for n in (1, 2, 3)
    ]
    source = read(make_pdf(pages), "a.pdf")

    assert [kind for _, kind in kinds(source)] == ["running line"] * 6
    assert kinds(source)[1] == ("某某局印", "running line")


def test_headings_that_merely_resemble_one_another_are_text(read, make_pdf, pdf_page) -> None:
    pages = [pdf_page([(LEFT, 70, f"附件{n}"), *body("甲乙丙丁戊"[n - 1] * 9)]) for n in (2, 3, 5)]

    assert kinds(read(make_pdf(pages), "a.pdf")) == []


def test_page_number_far_from_the_edge_is_text(read, make_pdf, pdf_page) -> None:
    assert kinds(read(make_pdf([pdf_page([(280, 400, "1"), *body("正文")])]), "a.pdf")) == []


def grid(columns: Sequence[float], rows: Sequence[float]) -> list[tuple[float, float, float, float]]:
    across = [(columns[0], y, columns[-1], y) for y in rows]
    return across + [(x, rows[0], x, rows[-1]) for x in columns]


def test_ruled_table_becomes_rows_in_its_place(read, make_pdf, pdf_page) -> None:
    words = [
        (80, 90, "标准如下："),
        (110, 125, "类别"), (210, 125, "奖励"), (110, 155, "A类"), (210, 155, "最高200"), (210, 170, "万元"),
        (80, 220, "以上就高不重复。"),
    ]  # fmt: skip
    source = read(make_pdf([pdf_page(words, grid([100, 200, 300], [120, 150, 190]))]), "a.pdf")

    assert source.text == "标准如下：\n类别\t奖励\nA类\t最高200万元\n以上就高不重复。\n"
    assert source.tables[1].heads == ("类别", "奖励")


def test_frame_around_text_is_no_table(read, make_pdf, pdf_page) -> None:
    source = read(make_pdf([pdf_page(body("第一条", "第二条"), grid([60, 500], [80, 200]))]), "a.pdf")

    assert source.tables == ()
    assert source.text == "第一条\n第二条\n"


def test_watermark_across_the_page_is_furniture(read, make_pdf, pdf_page) -> None:
    source = read(make_pdf([pdf_page(body("第一条"), rotated="内部资料")]), "a.pdf")

    assert source.text.startswith("第一条\n")
    assert {kind for _, kind in kinds(source)} == {"rotated text"}


def test_pdf_of_another_writer(read) -> None:
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.multi_cell(0, 8, "Article 1. Enterprises may apply.\nArticle 2. Up to 100,000 yuan.")

    assert (
        read(bytes(pdf.output()), "a.pdf").text == "Article 1. Enterprises may apply.\nArticle 2. Up to 100,000 yuan.\n"
    )


def locked() -> bytes:
    pdf = fpdf.FPDF()
    pdf.set_encryption(owner_password="owner", user_password="secret")
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.cell(text="Article 1")
    return bytes(pdf.output())


def test_locked_pdf_is_refused(read) -> None:
    with pytest.raises(SourceUnreadable, match="locked with a password"):
        read(locked(), "a.pdf")


def test_scan_is_refused(read, make_pdf, pdf_page) -> None:
    with pytest.raises(SourceUnreadable, match="has no text layer"):
        read(make_pdf([pdf_page(picture=True)] * 2), "a.pdf")


def test_mostly_scanned_pdf_is_refused(read, make_pdf, pdf_page) -> None:
    with pytest.raises(SourceUnreadable, match="has no text layer"):
        read(make_pdf([pdf_page(body("封面")), pdf_page(picture=True), pdf_page(picture=True)]), "a.pdf")


def test_picture_on_the_cover_is_no_reason_to_refuse(read, make_pdf, pdf_page) -> None:
    assert read(make_pdf([pdf_page(picture=True), pdf_page(body("第一条"))]), "a.pdf").text == "第一条\n"


def test_a_scanned_page_among_others_is_reported_where_it_stands(read, make_pdf, pdf_page) -> None:
    source = read(make_pdf([pdf_page(body("第一条")), pdf_page(picture=True), pdf_page(body("第二条"))]), "a.pdf")

    assert source.doubts == ((2, "page 2 of the PDF is a picture without text and was left out; run OCR first"),)
    assert [doubt.message for doubt in segment(source).doubts] == [source.doubts[0][1]]


def test_damaged_pdfs_are_refused(read, make_pdf, pdf_page) -> None:
    whole = make_pdf([pdf_page(body("第一条"))])
    for data in (b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 4, whole[:300], b"no PDF at all"):
        with pytest.raises(SourceUnreadable, match=r"a\.pdf: .*\.$"):
            read(data, "a.pdf")


def test_circle_in_the_page_tree_ends(read, make_pdf, pdf_page) -> None:
    whole = make_pdf([pdf_page(body("第一条"))])
    tree = re.search(rb"(\d+) 0 obj\n<</Type /Pages /Kids \[(\d+) 0 R\]", whole)
    assert tree is not None
    circle = whole.replace(b"/Kids [%s 0 R]" % tree[2], b"/Kids [%s 0 R]" % tree[1])

    assert circle != whole
    assert read(circle, "a.pdf").text == "第一条\n"  # found without the tree


def test_stream_that_unpacks_to_too_much_is_refused(read) -> None:
    bomb = zlib.compress(bytes(5_000_000))
    data = b"%%PDF-1.5\n1 0 obj\n<</Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        len(bomb),
        bomb,
    )

    with pytest.raises(SourceUnreadable, match="unpacks to more than 1 MB"):
        read(data, "a.pdf", Limits(max_unpacked_bytes=1024 * 1024))


def test_stream_packed_twice_is_refused(read) -> None:
    with pytest.raises(SourceUnreadable, match="packed twice"):
        read(b"%PDF-1.5\n1 0 obj\n<</Filter [/FlateDecode /FlateDecode]>>\nstream\n", "a.pdf")


def test_time_limit_holds(read, make_pdf, pdf_page) -> None:
    with pytest.raises(SourceUnreadable, match="not read after"):
        read(make_pdf([pdf_page(body("第一条"))]), "a.pdf", Limits(max_seconds=0))


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("⽤⼈单位", "用人单位"),
        ("⻓期租⽤⻔⾯", "长期租用门面"),
        ("豈", "豈"),
        ("ﬁne", "fine"),
        ("a\x00b\x07", "ab"),
        ("补\u00ad贴", "补贴"),
        ("①㎡％", "①㎡％"),
    ],
)
def test_what_only_fonts_know_is_made_readable(printed: str, text: str) -> None:
    assert readable(printed) == text


def glyphs(text: str, gap: float = 0, width: float = 12, top: float = 100) -> list[Glyph]:
    return [
        Glyph(one, 50 + number * (width + gap), 50 + number * (width + gap) + width, top, top + 12)
        for number, one in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (glyphs("投资政策"), "投资政策"),
        (glyphs("投资政策", gap=5), "投资政策"),  # justified
        (glyphs("张三李四", gap=14), "张 三 李 四"),
        (glyphs("abc", gap=6, width=6), "a b c"),
        ([*glyphs("总则"), Glyph("则", 62.4, 74.4, 100, 112)], "总则"),  # bold by printing twice
        (glyphs("11", width=6), "11"),
        ([*glyphs("m"), Glyph("2", 62, 66, 98, 104)], "m2"),  # superscript
    ],
)
def test_glyphs_become_a_line(row: list[Glyph], text: str) -> None:
    assert [line.text for line in lines_of(row)] == [text]


def columns(left: Sequence[str], right: Sequence[str], top: float = 130) -> list[tuple[float, float, str]]:
    """Lines of 15 characters in two columns, the right one a little lower."""
    return [(70.0, top + 20 * n, line) for n, line in enumerate(left)] + [
        (310.0, top + 9 + 20 * n, line) for n, line in enumerate(right)
    ]


LEFT_COLUMN = [
    "一、支持仓储。对新建仓储项目按",
    "照每平方米二十元给予补助，每个",
    "项目最高补助三百万元。",
    "二、支持冷链。对购置冷藏车辆的",
    "企业，每辆补助五万元。",
]
RIGHT_COLUMN = [
    "三、支持配送。对新增城市配送车",
    "辆的企业，按照每辆一万元给予补",
    "助，每年不超过二十万元。",
    "四、附则。本措施自印发之日起施",
    "行，由区商务局负责解释。",
]


def test_two_columns_are_read_down(read, make_pdf, pdf_page) -> None:
    source = read(
        make_pdf([pdf_page([(150, 80, "支持现代物流业发展若干措施"), *columns(LEFT_COLUMN, RIGHT_COLUMN)])]), "a.pdf"
    )

    assert source.text.split() == ["支持现代物流业发展若干措施", *LEFT_COLUMN, *RIGHT_COLUMN]
    assert source.doubts == ()
    assert next(clause.text for clause in segment(source).clauses) == (
        "一、支持仓储。对新建仓储项目按照每平方米二十元给予补助，每个项目最高补助三百万元。"
    )


def test_what_crosses_both_columns_is_read_between_them(read, make_pdf, pdf_page) -> None:
    below = columns([line[::-1] for line in LEFT_COLUMN], [line[::-1] for line in RIGHT_COLUMN], top=300)
    bar = (90, 260, "以下为附则部分，适用于全部项目，各有关单位应当认真执行")
    source = read(make_pdf([pdf_page([*columns(LEFT_COLUMN, RIGHT_COLUMN), bar, *below])]), "a.pdf")
    lines = source.text.split()

    assert lines.index(bar[2]) == 10
    assert lines[5:10] == RIGHT_COLUMN


def test_short_entries_side_by_side_are_read_across_and_doubtful(read, make_pdf, pdf_page) -> None:
    names = [(70, 130 + 20 * n, f"项目{'甲乙丙丁戊'[n]}") for n in range(5)]
    values = [(330, 130 + 20 * n, f"{n + 3}万元") for n in range(5)]
    source = read(make_pdf([pdf_page([(70, 90, "各项目补助如下："), *names, *values])]), "a.pdf")

    assert "项目甲 3万元" in source.text
    assert [message for _, message in source.doubts] == [
        "page 1 looks set in columns and was read across; compare it with the print"
    ]


def test_raised_numbers_of_notes_are_marks_and_exponents_are_text() -> None:
    def raised(text: str, left: float) -> list[Glyph]:
        return [Glyph(text, left, left + 4, 99, 105)]

    first = glyphs("最高三百万元")
    second = [replace(one, x0=one.x0 + 76, x1=one.x1 + 76) for one in glyphs("，每m")]
    (made,) = lines_of([*first, *raised("2", first[-1].x1), *second, *raised("2", second[-1].x1)])

    assert made.text == "最高三百万元2，每m2"
    assert [made.text[start:end] for start, end in made.marks] == ["2"]
    assert made.marks[0][0] == 6


COLUMNS = (80, 200, 330, 450)


def table_page(rows: Sequence[Sequence[str]], top: float, *, above: str = "", columns: Sequence[float] = COLUMNS):
    """Words and rules of a ruled table; a cell "^" belongs to the one above it, with no rule between the two."""
    heights = [top + 30 * n for n in range(len(rows) + 1)]
    words = [
        (columns[c] + 5, heights[r] + 8, text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text not in ("", "^")
    ]
    rules = [(x, heights[0], x, heights[-1]) for x in columns]
    for r, y in enumerate(heights):
        drawn = [c for c in range(len(columns) - 1) if r == len(rows) or rows[r][c] != "^"]
        rules += [(columns[c], y, columns[c + 1], y) for c in drawn]
    return ([(80, 70, above)] if above else []) + words, rules


def pdf_pages(pdf_page, *tables) -> list:
    return [pdf_page([*words, (280, 800, f"— {n} —")], rules) for n, (words, rules) in enumerate(tables, 1)]


FIRST = [["企业类别", "级别", "奖励（万元）"], ["小巨人", "国家级", "60"], ["^", "省级", "25"]]


def rows_read(source) -> list[tuple[int | None, str, tuple[str, ...]]]:
    return [(clause.page, clause.text, clause.path[-1:]) for clause in segment(source).clauses if clause.cells]


def test_merged_cells_of_a_ruled_table_belong_to_each_row(read, make_pdf, pdf_page) -> None:
    source = read(make_pdf(pdf_pages(pdf_page, table_page(FIRST, 120, above="云溪区奖励办法"))), "a.pdf")

    assert rows_read(source) == [
        (1, "小巨人\t国家级\t60", ("企业类别 ｜ 级别 ｜ 奖励（万元）",)),
        (1, "小巨人\t省级\t25", ("企业类别 ｜ 级别 ｜ 奖励（万元）",)),
    ]


@pytest.mark.parametrize(
    "second",
    [
        [["", "市级", "8"], ["单项冠军", "国家级", "120"]],  # the group goes on, too
        [
            ["企业类别", "级别", "奖励（万元）"],
            ["小巨人", "市级", "8"],
            ["单项冠军", "国家级", "120"],
        ],  # heads printed again
    ],
)
@pytest.mark.parametrize("above", ["", "续表1"])
def test_a_table_goes_on_over_the_page_break(read, make_pdf, pdf_page, second: list[list[str]], above: str) -> None:
    pages = pdf_pages(pdf_page, table_page(FIRST, 120, above="云溪区奖励办法"), table_page(second, 100, above=above))
    heads = ("企业类别 ｜ 级别 ｜ 奖励（万元）",)

    assert rows_read(read(make_pdf(pages), "a.pdf")) == [
        (1, "小巨人\t国家级\t60", heads),
        (1, "小巨人\t省级\t25", heads),
        (2, "小巨人\t市级\t8", heads),
        (2, "单项冠军\t国家级\t120", heads),
    ]


def test_a_table_of_other_columns_on_the_next_page_is_another_and_told(read, make_pdf, pdf_page) -> None:
    other = table_page([["园区", "补贴"], ["东园", "3万元"]], 100, columns=(80, 260, 450))
    source = read(make_pdf(pdf_pages(pdf_page, table_page(FIRST, 120, above="云溪区奖励办法"), other)), "a.pdf")

    assert rows_read(source)[-1] == (2, "东园\t3万元", ("园区 ｜ 补贴",))
    assert [message for _, message in source.doubts] == [OTHER_COLUMNS]


def test_text_between_two_tables_parts_them(read, make_pdf, pdf_page) -> None:
    pages = pdf_pages(
        pdf_page,
        table_page(FIRST, 120, above="云溪区奖励办法"),
        table_page([["园区", "层次", "补贴"], ["东园", "一档", "3万元"]], 120, above="二、园区补贴如下。"),
    )

    assert rows_read(read(make_pdf(pages), "a.pdf"))[-1] == (2, "东园\t一档\t3万元", ("园区 ｜ 层次 ｜ 补贴",))
