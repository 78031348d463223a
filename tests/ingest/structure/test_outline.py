"""The tree: continuity decides what is an item; numbers in sentences are text; closings belong to the document."""

import pytest

from ingest.corpus.load import segment
from ingest.structure.outline import outline
from ingest.structure.sections import ANNEX, DOCUMENT, LEVEL, NUMBERED, PART, STUB, Section
from ingest.types import Paragraph, SourceFile, Span


def paragraphs(*texts: str) -> list[Paragraph]:
    made, start = [], 0
    for line, text in enumerate(texts, 1):
        made.append(Paragraph(text, (Span(start, start + len(text)),), None, line))
        start += len(text) + 1
    return made


def shape(section: Section, texts: list[Paragraph]) -> list[object]:
    """A section as nested lists: label or kind first, then what is below it."""
    name = section.label.printed if section.label is not None else section.kind
    below = [texts[e].text[:6] if isinstance(e, int) else shape(e, texts) for e in section.entries]
    tail = [f"□{texts[n].text[:6]}" for n in section.closing] + [f"责{texts[n].text[:6]}" for n in section.speaks]
    return [name, *below, *tail]


def tree(*texts: str) -> list[object]:
    made = paragraphs(*texts)
    return shape(outline(made).root, made)


def test_four_levels_nest() -> None:
    assert tree(
        "某某办法",
        "一、总体要求",
        "（一）指导思想。以…为指导。",
        "1.目标。",
        "（1）第一；",
        "（2）第二。",
        "（二）原则。",
        "二、任务",
    ) == ["root", ["document", ["一、", ["（一）", ["1.", ["（1）"], ["（2）"]]], ["（二）"]], ["二、"]]]


def test_items_run_on_through_headings() -> None:
    assert tree("某某措施", "一、招引", "1.甲。", "2.乙。", "二、培育", "3.丙。", "三、用好", "4.丁。") == [
        "root",
        ["document", ["一、", ["1."], ["2."]], ["二、", ["3."]], ["三、", ["4."]]],
    ]


def test_items_restart_under_each_heading() -> None:
    assert tree("某某计划", "（一）基础", "1.甲。", "2.乙。", "（二）规模", "1.丙。", "2.丁。") == [
        "root",
        ["document", ["（一）", ["1."], ["2."]], ["（二）", ["1."], ["2."]]],
    ]


def test_articles_run_on_through_chapters_and_sections() -> None:
    assert tree(
        "某某法",
        "第一章 总则",
        "第一条 甲。",
        "第二条 乙。",
        "第二章 分则",
        "第一节 一般",
        "第三条 丙。",
        "第二节 特别",
        "第四条 丁。",
    ) == [
        "root",
        [
            "document",
            ["第一章", ["第一条"], ["第二条"]],
            ["第二章", ["第一节", ["第三条"]], ["第二节", ["第四条"]]],
        ],
    ]


def test_an_inserted_article_follows_its_number() -> None:
    assert tree("某某法", "第一条 甲。", "第一条之一 乙。", "第二条 丙。") == [
        "root",
        ["document", ["第一条"], ["第一条之一"], ["第二条"]],
    ]


def test_a_number_that_continues_nothing_is_text_and_is_reported() -> None:
    made = paragraphs("某某办法", "第一条 甲。", "第四条规定的期限另行计算。", "第二条 乙。")
    result = outline(made)
    assert shape(result.root, made) == ["root", ["document", ["第一条", "第四条规定的"], ["第二条"]]]
    assert [made[number].line for number, _ in result.doubts] == [3]


def test_a_missing_number_is_accepted_and_reported() -> None:
    made = paragraphs("某某措施", "一、甲。", "二、乙。", "四、丁。")
    result = outline(made)
    assert shape(result.root, made) == ["root", ["document", ["一、"], ["二、"], ["四、"]]]
    assert "follows 2" in result.doubts[0][1]


def test_closing_paragraphs_belong_to_the_document() -> None:
    assert tree("某某政策", "1.甲。", "2.乙。", "3.丙。", "本政策自发布之日起试行，试行期一年。") == [
        "root",
        ["document", ["1."], ["2."], ["3."], "□本政策自发布"],
    ]


def test_a_second_paragraph_belongs_to_its_item_where_items_have_several() -> None:
    assert tree("某某办法", "第一条 甲。", "补充甲。", "第二条 乙。", "补充乙。") == [
        "root",
        ["document", ["第一条", "补充甲。"], ["第二条", "补充乙。"]],
    ]


def test_departments_after_the_last_item_speak_for_the_list() -> None:
    assert tree("某某计划", "（一）规模", "1.甲。", "2.乙。", "责任单位：自治区商务厅。", "（二）零售", "1.丙。") == [
        "root",
        ["document", ["（一）", ["1."], ["2."], "责责任单位：自"], ["（二）", ["1."]]],
    ]


def test_an_annex_restarts_the_numbering() -> None:
    assert tree(
        "某某意见", "一、甲。", "二、乙。", "附件", "分类标准", "一、一类", "1.院士。", "二、二类", "1.教授。"
    ) == [
        "root",
        ["document", ["一、"], ["二、"], ["annex", ["一、", ["1."]], ["二、", ["1."]]]],
    ]


def test_a_list_of_annexes_is_no_annex() -> None:
    made = paragraphs("某某通知", "一、甲。", "二、乙。", "附件：1.申报表", "2.汇总表", "某某局", "2024年5月1日")
    kinds = [section.kind for section in outline(made).root.sections[0].sections]
    assert kinds == [NUMBERED, NUMBERED]


def test_a_nested_instrument_is_a_document_of_its_own() -> None:
    made = paragraphs(
        "关于印发个人所得税专项附加扣除暂行办法的通知",
        "现将《个人所得税专项附加扣除暂行办法》印发给你们，请认真贯彻执行，落实中遇到的问题及时反映。",
        "国务院",
        "2018年12月13日",
        "个人所得税专项附加扣除暂行办法",
        "第一章 总则",
        "第一条 根据税法制定本办法。",
    )
    assert [section.kind for section in outline(made).root.sections] == [DOCUMENT, DOCUMENT]


def test_rows_of_a_table_begin_no_list() -> None:
    made = paragraphs("某某办法", "1.甲。", "2.氮氧化物 0.95", "3.一氧化碳 16.7", "2.乙。")
    result = outline(made, table_rows=frozenset({2, 3}))
    assert shape(result.root, made) == ["root", ["document", ["1.", "2.氮氧化物", "3.一氧化碳"], ["2."]]]


def test_headings_of_the_format_end_what_stands_above_them() -> None:
    made = paragraphs("某某法", "第一条 甲。", "第二条 乙。", "税率表", "注：本表适用于综合所得。")
    result = outline(made, heading_lines=frozenset({0, 3}))
    assert shape(result.root, made) == ["root", ["document", ["第一条"], ["第二条"], ["titled", "注：本表适用"]]]


COMPILATION = (
    "第一篇 基本情况",
    "（一）简介",
    "正文一段，说明情况。",
    "——居民用气",
    "第一档价格：2.06元/立方米",
    "第二篇 外资政策",
    "（一）国家级政策",
    "——国务院关于优化环境的意见",
    "一、总体要求",
    "（一）目标。甲。",
    "（二）任务。乙。",
    "（二）内蒙古自治区政策",
    "某某税费优惠政策指引",
    "（微信扫一扫下载政策全文）",
    "——内蒙古自治区关于落实的实施方案",
    "一、甲。",
)


def test_a_compilation_has_parts_levels_documents_and_stubs() -> None:
    made = paragraphs(*COMPILATION)
    result = outline(made)
    assert result.is_compilation
    assert result.doubts == ()
    first, second = result.root.sections
    assert (first.kind, second.kind) == (PART, PART)
    assert [section.kind for section in second.sections] == [LEVEL, LEVEL]
    national, regional = second.sections
    assert [section.kind for section in national.sections] == [DOCUMENT]
    assert [section.kind for section in regional.sections] == [STUB, DOCUMENT]


def test_a_level_heading_right_after_an_item_of_the_same_look_is_no_item() -> None:
    made = paragraphs(*COMPILATION)
    document = outline(made).root.sections[1].sections[0].sections[0]
    assert shape(document, made) == ["document", ["一、", ["（一）"], ["（二）"]]]


def test_a_document_inside_a_list_gives_the_list_back() -> None:
    made = paragraphs(
        "第一篇 基本情况",
        "（一）简介",
        "正文。",
        "第二篇 要素支持政策",
        "（一）土地",
        "1.甲。",
        "（二）电力",
        "——工业和信息化厅关于电力交易的若干政策",
        "一、范围",
        "（一）乙。",
        "二、比例",
        "（一）丙。",
        "本政策自发布之日起执行。",
        "（三）金融",
        "1.丁。",
        "第三篇 其他政策",
        "——某某厅关于印发某某办法的通知",
        "一、戊。",
    )
    part = outline(made).root.sections[1]
    assert [s.label.printed for s in part.sections if s.label is not None] == ["（一）", "（二）", "（三）"]
    assert part.sections[1].sections[0].kind == DOCUMENT
    assert ANNEX not in {s.kind for s in part.sections}


def articles_and_headings(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    made = segment(SourceFile("a.txt", "\n".join(("仓储业管理办法", *texts)), "0" * 64, "text"))
    return [(clause.address, clause.path[1:]) for clause in made.clauses]


def test_headings_that_articles_run_on_across_hold_them() -> None:
    assert articles_and_headings(
        "一、总则",
        "第一条 为了规范仓储业，制定本办法。",
        "第二条 本办法适用于下列单位：",
        "（一）仓储企业",
        "（二）物流企业",
        "二、扶持政策",
        "（一）资金",
        "第三条 每平方米补助20元。",
        "第四条 有下列情形之一的，不予补助：",
        "（一）弄虚作假的；",
        "（二）停产的。",
        "（二）用地",
        "第五条 优先供地。",
        "三、附则",
        "第六条 本办法自2025年1月1日起施行。",
    ) == [
        ("第一条", ("一、总则",)),
        ("第二条", ("一、总则",)),
        ("第三条", ("二、扶持政策", "（一）资金")),
        ("第四条", ("二、扶持政策", "（一）资金")),
        ("第五条", ("二、扶持政策", "（二）用地")),
        ("第六条", ("三、附则",)),
    ]


def test_items_of_an_article_are_no_headings_of_the_next_one() -> None:
    made = articles_and_headings(
        "第一条 下列单位可以申请：", "一、仓储企业", "二、物流企业", "第二条 每平方米20元。", "第三条 最高300万元。"
    )

    assert made == [("第一条", ()), ("第二条", ()), ("第三条", ())]


@pytest.mark.parametrize(
    "line",
    [
        "〈仓储业管理办法修正案〉",
        "（2020年修订的仓储业管理办法）",
        "1997年3月14日通过的仓储业管理条例",
        "储业管理办法",
    ],
)
def test_lines_that_only_look_like_titles_begin_no_document(line: str) -> None:
    text = f"某某市仓储业管理办法\n为了规范仓储业，制定本办法。\n{line}\n第一条 每平方米20元。\n第二条 最高300万元。"

    assert len(segment(SourceFile("a.txt", text, "0" * 64, "text")).documents) == 1
