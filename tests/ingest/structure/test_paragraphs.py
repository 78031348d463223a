"""The wrap undone: real broken lines of the compendium, and what must stay apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.structure.paragraphs import Paragraphs, split_paragraphs
from ingest.types import SourceFile, Span, TableRow

FILLER = "\n\n".join(["以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，坚持稳中求进"[:35]] * 12)


def source(text: str, **more: object) -> SourceFile:
    return SourceFile("test.txt", text, "0" * 64, "text", **more)  # type: ignore[arg-type]  # a test's short cut


def wrapped(*lines: str) -> list[str]:
    """Paragraphs of lines set among enough full lines for the wrap to be seen; the filler is cut off again."""
    text = FILLER + "\n\n为此。\n\n" + "\n\n".join(lines) + "\n"
    return [paragraph.text for paragraph in split_paragraphs(source(text)).items[1:]]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        # an amount, a unit, a word and a bracket split over a line break
        (
            ["向北开放桥头堡的战略腹地，周联晋陕宁，辐射京津冀，公路总里程达 4815", "公里。"],
            ["向北开放桥头堡的战略腹地，周联晋陕宁，辐射京津冀，公路总里程达4815公里。"],
        ),
        (
            ["1.加快推进盟市间水权二期工程建设，力争2024年为沿黄盟市解决5000万立", "方米工业用水指标。"],
            ["1.加快推进盟市间水权二期工程建设，力争2024年为沿黄盟市解决5000万立方米工业用水指标。"],
        ),
        # "2.03 亿吨" at the start of a line is no item, although 1. came before
        (
            ["1.已探明煤炭资源储量约 560 亿吨，品质优良，煤层稳定，年产销煤炭达到", "2.03 亿吨。"],
            ["1.已探明煤炭资源储量约560亿吨，品质优良，煤层稳定，年产销煤炭达到2.03亿吨。"],
        ),
        # the next item starts a paragraph although the line before is full
        (
            [
                "1.对当年支持小微企业和三农三牧主体融资担保再担保达到规定条件的融资担保公司。",
                "2.支持农牧业经营主体融资。",
            ],
            [
                "1.对当年支持小微企业和三农三牧主体融资担保再担保达到规定条件的融资担保公司。",
                "2.支持农牧业经营主体融资。",
            ],
        ),
        # a number that continues no list stays text
        (
            ["1.参保人员距离法定退休年龄五年时病残津贴重新核算，其余情形均按照本办法", "第三条规定执行。"],
            ["1.参保人员距离法定退休年龄五年时病残津贴重新核算，其余情形均按照本办法第三条规定执行。"],
        ),
        # short lines are headings and rows
        (["一、总体要求", "二、功能布局"], ["一、总体要求", "二、功能布局"]),
        (["——居民用气", "第一档价格：2.06 元/立方米"], ["——居民用气", "第一档价格：2.06元/立方米"]),
        # a title that is cut before its last character
        (
            ["——人力资源社会保障部等七部门关于实施高技能领军人才培育计划的通", "知", "为贯彻落实党的二十大精神。"],
            ["——人力资源社会保障部等七部门关于实施高技能领军人才培育计划的通知", "为贯彻落实党的二十大精神。"],
        ),
        # an open 《 goes on although its line is short
        (
            ["财政部、国家税务总局联合发布《支持小微企业和", "个体工商户发展税费优惠政策指引（2.0）》"],
            ["财政部、国家税务总局联合发布《支持小微企业和个体工商户发展税费优惠政策指引（2.0）》"],
        ),
    ],
)
def test_wrapped_lines_join_and_items_stay_apart(lines: list[str], paragraphs: list[str]) -> None:
    assert wrapped(*lines) == paragraphs


def test_the_width_of_the_compendium_is_found(compendium_source: SourceFile) -> None:
    result = split_paragraphs(compendium_source)
    assert result.wrap_width == 35
    assert len(result.items) == 909


def test_a_file_of_whole_paragraphs_is_not_wrapped() -> None:
    text = "\n".join(["第一条 " + "甲" * n + "。" for n in (5, 80, 33, 7, 120, 51, 16, 9, 64, 28)])
    result = split_paragraphs(source(text))
    assert result.wrap_width is None
    assert len(result.items) == 10


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("辖 7 个镇", "辖7个镇"),
        ("限个人项 目", "限个人项目"),
        ("市场监督管理局 、市税务局", "市场监督管理局、市税务局"),
        ("制定《战略性新兴产业目录》 （以下简称 《目录》)", "制定《战略性新兴产业目录》（以下简称《目录》)"),
        (
            "《中共中央 国务院关于深入实施西部大开发战略的若干意见》",
            "《中共中央 国务院关于深入实施西部大开发战略的若干意见》",
        ),
        ("财政部 税务总局 国家发展改革委", "财政部 税务总局 国家发展改革委"),
        ("第一条 为对因病致残", "第一条 为对因病致残"),
        ("附表一 环境保护税税目税额表", "附表一 环境保护税税目税额表"),
        ("第一章　总　　则", "第一章　总则"),
        ("best of the best", "best of the best"),
    ],
)
def test_stray_blanks_go_and_meant_blanks_stay(printed: str, shown: str) -> None:
    assert [p.text for p in split_paragraphs(source(printed)).items] == [shown]


def test_a_latin_word_wrap_reads_as_a_blank() -> None:
    line = "This measure applies to every foreign invested enterprise registered here and it"
    text = "\n".join([line] * 10 + ["continues."])
    joined = split_paragraphs(source(text)).items[0].text
    assert "here and it This measure" in joined
    assert joined.endswith("and it continues.")


def tiles(text: str, result: Paragraphs) -> None:
    """Every character is in exactly one piece or piece of furniture."""
    spans = sorted([item.span for item in result.furniture] + [piece for p in result.items for piece in p.pieces])
    position = 0
    for span in spans:
        assert span.start == position
        position = span.end
    assert position == len(text)
    for paragraph in result.items:
        joined = "".join(piece.of(text) for piece in paragraph.pieces)
        assert joined.replace("\n", " ").replace("\r", " ") == paragraph.text


ALPHABET = "第一二三十条章、（）(). 1234567890。；：——附件《》“”甲乙丙丁\n\n\n \t\u3000\r\fabc①②"


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=400))
def test_every_character_is_owned_once(text: str) -> None:
    tiles(text, split_paragraphs(source(text)))


def test_the_compendium_is_owned_once(compendium_source: SourceFile) -> None:
    tiles(compendium_source.text, split_paragraphs(compendium_source))


def test_paragraph_spans_lead_back_to_the_source() -> None:
    result = split_paragraphs(source("  一、总体 要求\n正文 12 个。\n"))
    first = result.items[0]
    assert first.span == Span(2, 9)
    assert first.line == 1


def texts(text: str, **more: object) -> list[str]:
    return [paragraph.text for paragraph in split_paragraphs(source(text, **more)).items]


def test_a_text_of_a_few_wrapped_lines_is_unwrapped() -> None:
    text = (
        "仓储补贴细则\n"
        "第一条 对建筑面积一万平方米以上的仓储项目，按照每平方米二十元给予补助，单个项目最高补助30\n"
        "00万元，分三年拨付，第一年拨付百分之五十，第二年拨付百分之三十，第三年拨付百分之二十，由\n"
        "县财政局审核。\n"
        "第二条 冷链企业一次性补助1,\n"
        "500万元，开业满12\n"
        "个月后拨付。\n"
    )

    made = texts(text)
    assert len(made) == 3
    assert "最高补助3000万元，分三年" in made[1]
    assert "百分之二十，由县财政局审核。" in made[1]
    assert made[2] == "第二条 冷链企业一次性补助1,500万元，开业满12个月后拨付。"


def test_a_few_lines_that_end_where_they_end_stay_apart() -> None:
    lines = [
        "冷藏车辆购置补助办事指南",
        "申请材料：营业执照复印件、购车合同和发票、车辆行驶证、运营台账",
        "办理地点：县政务服务中心二楼商务窗口",
        "咨询电话：县商务局流通股0123-4567891",
        "0123-4567892",
    ]

    assert texts("\n".join(lines)) == lines


def test_rows_of_a_table_do_not_hide_the_wrap_of_the_text_around_it() -> None:
    body = ["以习近平新时代中国特色社会主义思想为指导深入贯彻精神坚持稳中求"] * 8 + ["进。"]
    rows = [f"{n}\t{n}万元" for n in range(200)]
    text = "\n".join([*body, *rows])
    start = text.index("0\t0万元")
    tables: list[TableRow] = []
    for row in rows:
        tables.append(TableRow(Span(start, start + len(row)), (Span(start, start + len(row)),), (), False))
        start += len(row) + 1
    made = split_paragraphs(SourceFile("a.pdf", text, "0" * 64, "pdf", tables=tuple(tables)))

    assert made.items[0].text == "".join(body)


def test_a_long_list_of_short_lines_does_not_hide_the_wrap_of_a_pdf() -> None:
    wrapped_lines = ["为了促进仓储业发展实地督查发现一些地方在打好攻坚战和实施战略方面"] * 9 + ["成效明显。"]
    items = [f"{number}.某某县创新仓储设施建设管护机制。" for number in range(1, 60)]
    made = split_paragraphs(SourceFile("a.pdf", "\n".join([*wrapped_lines, *items]), "0" * 64, "pdf"))

    assert made.items[0].text == "".join(wrapped_lines)
    assert len(made.items) == 60
