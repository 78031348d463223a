"""DOCX: the words as Word prints them, from files written with python-docx and from parts written by hand."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import docx
import pytest

from ingest.errors import SourceUnreadable
from ingest.readers.limits import Limits
from ingest.readers.number_formats import write_number

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(**targets: str) -> str:
    rows = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def docx_of(
    body: str, numbering: str = "", styles: str = "", footnotes: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(
            numbering="numbering.xml", styles="styles.xml", footnotes="footnotes.xml"
        ),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {W}>{footnotes}</w:footnotes>",
        **(extra or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def listed(text: str, number: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(position: int, number_format: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{position}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def abstract(*levels: str, number: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


CHINESE = abstract(
    level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_paragraphs_tables_and_headings_of_python_docx(read) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_heading("第一章　总则", level=1)
    document.add_paragraph("第一条　为了优化营商环境，制定本条例。")
    table = document.add_table(rows=3, cols=2)
    for row, words in zip(table.rows, [("类别", "奖励"), ("A类", "200万元"), ("B类", "150万元")], strict=True):
        row.cells[0].text, row.cells[1].text = words
    document.add_paragraph("第二条　自发布之日起施行。")
    source = read(saved(document), "条例.docx")

    assert source.text == (
        "第一章　总则\n第一条　为了优化营商环境，制定本条例。\n类别\t奖励\nA类\t200万元\nB类\t150万元\n第二条　自发布之日起施行。\n"
    )
    assert source.headings == ((0, 1),)
    assert [row.is_head for row in source.tables] == [True, False, False]
    assert source.tables[2].heads == ("类别", "奖励")
    assert [cell.of(source.text) for cell in source.tables[2].cells] == ["B类", "150万元"]


@pytest.mark.parametrize(
    ("number", "number_format", "written"),
    [
        (3, "chineseCounting", "三"),
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (99, "chineseCounting", "九十九"),
        (101, "chineseCounting", "一〇一"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1005, "chineseCountingThousand", "一千零五"),
        (1260, "chineseCountingThousand", "一千二百六十"),
        (10, "ideographDigital", "一〇"),
        (3, "chineseLegalSimplified", "叁"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (2, "ideographTraditional", "乙"),
        (2, "ideographZodiac", "丑"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (50, "decimalEnclosedCircle", "㊿"),
        (51, "decimalEnclosedCircle", "51"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalZero", "03"),
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (5, "none", ""),
        (5, "hindiVowels", "5"),
        (0, "chineseCounting", "0"),
    ],
)
def test_number_formats(number: int, number_format: str, written: str) -> None:
    assert write_number(number, number_format) == written


def test_automatic_numbers_become_text(read) -> None:
    body = (
        listed("总体要求") + listed("指导思想", level=1) + listed("目标", level=1) + listed("补贴", level=2)
        + listed("奖励", level=2) + listed("保障措施") + listed("组织领导", level=1)
    )  # fmt: skip

    assert read(docx_of(body, CHINESE + num(1)), "a.docx").text.split("\n")[:-1] == [
        "一、总体要求",
        "（一）指导思想",
        "（二）目标",
        "1. 补贴",
        "2. 奖励",
        "二、保障措施",
        "（一）组织领导",
    ]


@pytest.mark.parametrize(
    ("numbering", "body", "lines"),
    [
        (  # articles count through the chapters
            abstract(
                level(0, "chineseCountingThousand", "第%1章"),
                level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
            )
            + num(1),
            listed("总则") + listed("为了", level=1) + listed("附则") + listed("施行", level=1),
            ["第一章 总则", "第一条 为了", "第二章 附则", "第二条 施行"],
        ),
        (
            CHINESE + num(1) + num(2),
            listed("甲") + listed("乙", 2),
            ["一、甲", "二、乙"],
        ),  # one abstract list counts on
        (
            CHINESE + num(1) + num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            listed("甲") + listed("乙", 2) + listed("丙", 2),
            ["一、甲", "一、乙", "二、丙"],
        ),
        (abstract(level(0, "decimal", "%1.", start=5)) + num(1), listed("甲") + listed("乙"), ["5. 甲", "6. 乙"]),
        (
            abstract(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1),
            listed("甲") + listed("乙", level=1),
            ["一、甲", "1.1 乙"],
        ),
        (CHINESE + num(1), listed("甲", level=1), ["（一）甲"]),
        (
            CHINESE + num(1),
            listed("甲") + paragraph("插话") + listed("") + listed("乙"),
            ["一、甲", "插话", "", "二、乙"],
        ),
        (CHINESE + num(1), listed("甲", 0) + listed("乙", 7), ["甲", "乙"]),  # no list, unknown list
        (abstract(level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')) + num(1), listed("、甲"), ["1、甲"]),
    ],
)
def test_lists_count_as_word_counts(read, numbering: str, body: str, lines: list[str]) -> None:
    assert read(docx_of(body, numbering), "a.docx").text.split("\n")[:-1] == lines


def test_bullets_are_furniture(read, clean) -> None:
    source = read(docx_of(listed("补贴 50%"), abstract(level(0, "bullet", "\uf06c")) + num(1)), "a.docx")

    assert clean(source) == "补贴 50%\n"
    assert source.furniture[0].kind == "bullet"


def test_numbers_and_ranks_may_come_from_a_style_and_its_ancestors(read) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="条"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = abstract(
        level(0, "decimal", "%1."), level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="B"/>')
    ) + num(1)
    source = read(docx_of(paragraph("甲", '<w:pStyle w:val="A"/>'), numbering, styles), "a.docx")

    assert source.text == "（一）甲\n"
    assert source.headings == ((0, 2),)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            f"{run('最高')}<w:ins>{run('200')}</w:ins><w:del><w:r><w:delText>100</w:delText></w:r></w:del>{run('万元')}",
            "最高200万元",
        ),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom>{run('中')}<w:moveTo>{run('新')}</w:moveTo>", "中新"),
        (run("甲") + run("密", "<w:vanish/>") + run("乙", '<w:vanish w:val="0"/>'), "甲乙"),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", "甲\n乙"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/></w:r>", "甲\t乙-"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("甲"), "甲"),
        (f"<w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标签')}</w:smartTag>", "链接标签"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>同意</w:t></w:r>', "☑同意"),
        (f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('汉')}</w:rubyBase></w:ruby></w:r>", "汉"),
    ],
)
def test_what_word_prints(read, content: str, text: str) -> None:
    assert read(docx_of(paragraph(content)), "a.docx").text == f"{text}\n"


def test_paragraphs_whose_border_was_deleted_join(read) -> None:
    body = paragraph("第一条　为了", "<w:rPr><w:del/></w:rPr>") + paragraph("优化营商环境。")

    assert read(docx_of(body), "a.docx").text == "第一条　为了优化营商环境。\n"


def test_footnote_follows_its_paragraph_and_its_marks_are_furniture(read, clean) -> None:
    note = f'<w:footnote w:id="0" w:type="separator">{paragraph("线")}</w:footnote><w:footnote w:id="2">{paragraph("不含税。")}</w:footnote>'
    body = paragraph(run("奖励100万元") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。")) + paragraph(
        "下一条"
    )
    source = read(docx_of(body, footnotes=note), "a.docx")

    assert source.text == "奖励100万元[1]。\n[1] 不含税。\n下一条\n"
    assert clean(source) == "奖励100万元。\n不含税。\n下一条\n"


def test_text_box_stands_once_after_its_paragraph(read) -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    content = (
        f"{run('正文')}<w:r><mc:AlternateContent {compatibility}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert read(docx_of(paragraph(content)), "a.docx").text == "正文\n框内\n"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_merged_cells_are_written_once_and_columns_stay_under_all_their_heads(read) -> None:
    rows = [
        cell("类别") + cell("奖励", '<w:gridSpan w:val="2"/>'),
        cell("") + cell("市") + cell("旗"),
        cell("A类", '<w:vMerge w:val="restart"/>') + cell("200") + cell("100"),
        cell("A类", "<w:vMerge/>") + cell("150") + cell("50"),
    ]
    heads = "<w:trPr><w:tblHeader/></w:trPr>"
    table = "".join(f"<w:tr>{heads if number < 2 else ''}{row}</w:tr>" for number, row in enumerate(rows))
    source = read(docx_of(f"<w:tbl>{table}</w:tbl>"), "a.docx")

    assert source.text == "类别\t奖励\t\n\t市\t旗\nA类\t200\t100\n\t150\t50\n"
    assert source.tables[3].heads == ("类别", "奖励·市", "奖励·旗")


def test_deleted_row_is_gone_and_frame_around_text_is_no_table(read) -> None:
    body = (
        f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('丙')}{cell('丁')}</w:tr></w:tbl>"
        f"<w:tbl><w:tr>{cell('框中的正文')}</w:tr></w:tbl>"
    )
    source = read(docx_of(body), "a.docx")

    assert source.text == "甲\t乙\n框中的正文\n"
    assert len(source.tables) == 1


def test_strict_documents_are_read(read) -> None:
    data = docx_of("", extra={"word/document.xml": f"<w:document {W}><w:body>{paragraph('甲')}</w:body></w:document>".replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main").encode()})  # fmt: skip

    assert read(data, "a.docx").text == "甲\n"


ENTITIES = f'<!DOCTYPE w [<!ENTITY a "啊啊啊"><!ENTITY b "&a;&a;&a;">]><w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
OUTSIDE = f'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (docx_of("", extra={"word/document.xml": ENTITIES.encode()}), "holds XML entities"),
        (docx_of("", extra={"word/document.xml": OUTSIDE.encode()}), "holds XML entities"),
        (docx_of("", extra={"word/document.xml": b"<w:document"}), "is damaged"),
        (
            docx_of("", extra={"word/document.xml": (f"<w:document {W}><w:body>" + "<w:p>" * 500).encode()}),
            "is damaged",
        ),
        (docx_of(""), "holds no text"),
        (docx_of(paragraph("甲"))[:-100], "is damaged"),
        (b"PK\x03\x04" + bytes(100), "is damaged"),
        (b"no archive at all, and no text of a policy", "is damaged"),
        (docx_of(paragraph("甲"), extra={"bomb": bytes(3_000_000)}), "unpacks to more than 2 MB"),
    ],
)
def test_what_cannot_be_trusted_is_refused_in_one_sentence(read, data: bytes, words: str) -> None:
    with pytest.raises(SourceUnreadable, match=words) as caught:
        read(data, "政策.docx", Limits(max_unpacked_bytes=2 * 1024 * 1024))

    assert str(caught.value).startswith("政策.docx: ")
    assert "\n" not in str(caught.value)


def test_directory_that_lies_about_sizes_is_found_out_while_unpacking(read) -> None:
    data = bytearray(docx_of("", extra={"word/document.xml": b" " * 3_000_000}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        begin = data.find(signature)
        while begin >= 0:
            data[begin + offset : begin + offset + 4] = (1000).to_bytes(4, "little")
            begin = data.find(signature, begin + 4)

    with pytest.raises(SourceUnreadable, match=r"is damaged|unpacks to more"):
        read(bytes(data), "a.docx", Limits(max_unpacked_bytes=100_000))


def test_other_archives_are_told_apart(read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "第一条")

    with pytest.raises(SourceUnreadable, match="no Word document"):
        read(buffer.getvalue(), "a.docx")
    with pytest.raises(SourceUnreadable, match="is an archive; unpack it"):
        read(buffer.getvalue(), "a.zip")


def test_old_word_files_are_told_what_to_do(read) -> None:
    with pytest.raises(SourceUnreadable, match=r"save it as \.docx"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "政策.doc")


def test_time_limit_holds(read) -> None:
    with pytest.raises(SourceUnreadable, match="not read after"):
        read(docx_of(paragraph("甲")), "a.docx", Limits(max_seconds=0))


def test_a_picture_is_doubtful_where_it_stands(read) -> None:
    drawing = (
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="图片 1" descr="奖励标准"/>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></wp:inline></w:drawing>'
    )
    body = f"<w:p>{run('标准如下。')}</w:p><w:p><w:r>{drawing}</w:r></w:p><w:p>{run('以上从优。')}</w:p>"
    source = read(docx_of(body), "a.docx")

    assert [line for line, _ in source.doubts] == [2]
    assert "a picture here (“奖励标准”) was not read" in source.doubts[0][1]


def test_two_head_rows_without_a_mark_and_a_value_merged_downwards(read) -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        cell("航线", start) + cell("飞行架次", start) + cell("补贴", '<w:gridSpan w:val="2"/>'),
        cell("", on) + cell("", on) + cell("标准（元/架次）") + cell("年度上限（万元）"),
        cell("短途运输", start) + cell("200—599架次") + cell("500") + cell("90"),
        cell("", on) + cell("600架次以上") + cell("700") + cell("180"),
    ]
    source = read(docx_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"), "a.docx")

    assert [row.is_head for row in source.tables] == [True, True, False, False]
    assert source.tables[3].heads == ("航线", "飞行架次", "补贴·标准（元/架次）", "补贴·年度上限（万元）")
    assert [one.of(source.text) for one in source.tables[3].cells] == ["短途运输", "600架次以上", "700", "180"]
    assert source.text.count("短途运输") == 1


def test_a_table_inside_a_table_inside_a_table_is_kept(read) -> None:
    document = docx.Document()
    outer = document.add_table(rows=2, cols=2)
    for where, words in (((0, 0), "类别"), ((0, 1), "标准"), ((1, 0), "小微企业")):
        outer.cell(*where).text = words
    middle = outer.cell(1, 1).add_table(rows=2, cols=2)
    for where, words in (((0, 0), "一档"), ((0, 1), "1万元"), ((1, 0), "二档")):
        middle.cell(*where).text = words
    inner = middle.cell(1, 1).add_table(rows=2, cols=2)
    for where, words in (((0, 0), "首年"), ((0, 1), "2万元"), ((1, 0), "次年"), ((1, 1), "3万元")):
        inner.cell(*where).text = words
    source = read(saved(document), "a.docx")

    rows = [([one.of(source.text) for one in row.cells], row.group) for row in source.tables]
    assert (["一档", "1万元"], "小微企业") in rows
    assert (["次年", "3万元"], "小微企业·二档") in rows
    assert len(source.doubts) == 2
