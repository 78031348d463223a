"""Labels: what a line could be, in every spelling that files hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure.numbering import ANNEX_LINE, Kind, chinese, parse_number, read_label


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12),
        ("一千零四十六", 1046),
        ("〇", 0),
        ("二〇", 20),
        ("１ ２", 12),
        ("1 0", 10),
        ("两百", 200),
        ("百", 100),
        ("一百一十", 110),
        ("甲", None),
        ("", None),
    ],
)
def test_numbers_are_read_in_every_spelling(text: str, number: int | None) -> None:
    assert parse_number(text) == number


@given(st.integers(min_value=0, max_value=9999))
def test_chinese_numbers_read_back(number: int) -> None:
    assert parse_number(chinese(number)) == number


def test_a_number_that_no_text_counts_to_stays_in_digits() -> None:
    label = read_label("第12345条　给予10万元。")
    assert label is not None
    assert label.printed == "第12345条"


@pytest.mark.parametrize(
    ("line", "kind", "value", "printed"),
    [
        ("第一千零四十六条　当事人协商一致，可以变更合同。", Kind.ARTICLE, 1046, "第一千零四十六条"),
        ("第 1 0 条 申请领取", Kind.ARTICLE, 10, "第十条"),
        ("第１２条　省级", Kind.ARTICLE, 12, "第十二条"),
        ("第〇条 总则", Kind.ARTICLE, 0, "第〇条"),
        ("第三章　保障措施", Kind.CHAPTER, 3, "第三章"),
        ("第二分编　所有权", Kind.SUBBOOK, 2, "第二分编"),
        ("第四篇 人才培育和引进政策", Kind.PART, 4, "第四篇"),
        ("一、总体要求", Kind.CN, 1, "一、"),
        ("十一、2021 年 12 月 27 日国家发展改革委", Kind.CN, 11, "十一、"),
        ("（三十）加强督查评估。", Kind.CN_PAREN, 30, "（三十）"),
        ("(一)科技创新", Kind.CN_PAREN, 1, "（一）"),
        ("1.工业用地价格", Kind.NUM, 1, "1."),
        ("10. 其他相当层次的人才。", Kind.NUM, 10, "10."),
        ("12．人才", Kind.NUM, 12, "12."),
        ("3、其他", Kind.NUM, 3, "3."),
        ("（1）具有海内外知名高校、科研机构博士学历学位", Kind.NUM_PAREN, 1, "（1）"),
        ("(2)具有国内一流高校", Kind.NUM_PAREN, 2, "（2）"),
        ("⑶其他", Kind.NUM_PAREN, 3, "（3）"),
        ("④实施“伊金霍洛旗校园引才大使”选聘计划。", Kind.CIRCLED, 4, "④"),
        ("——居民用气", Kind.DASH, 0, "——"),
    ],
)
def test_labels_are_read(line: str, kind: Kind, value: int, printed: str) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.kind, label.value, label.printed) == (kind, value, printed)


def test_an_inserted_article_keeps_its_suffix() -> None:
    label = read_label("第十二条之一　为了")
    assert label is not None
    assert (label.value, label.sub, label.printed) == (12, 1, "第十二条之一")


@pytest.mark.parametrize(
    "line",
    [
        "2.03 亿吨，将 80%的煤炭外运保",  # a wrapped figure
        "1.5 亿元、5000 万元",
        "31 日。",
        "30 人，学员毕业后",
        "2022 年底前，基本完成",
        "（国办发〔2022〕19 号）",
        "（RCEP）》政策宣传",
        "（包括 500 万元）",
        "（2022-2025 年）",
        "—个破折号",
        "",
    ],
)
def test_false_starts_have_no_label(line: str) -> None:
    assert read_label(line) is None


def test_a_sentence_that_begins_with_an_article_number_is_not_spaced() -> None:
    label = read_label("第三条规定执行。")
    assert label is not None
    assert not label.spaced


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("附件", "", ""),
        ("附件2", "2", ""),
        ("附 件", "", ""),
        ("附件：鄂尔多斯市高层次人才分类目录", "", "鄂尔多斯市高层次人才分类目录"),
        ("附表一 环境保护税税目税额表", "一", "环境保护税税目税额表"),
        ("附", "", ""),
    ],
)
def test_annex_lines_are_known(line: str, number: str, title: str) -> None:
    match = ANNEX_LINE.fullmatch(line)
    assert match is not None
    assert match[1] == number
    assert (match[2] or match[3] or "") == title


@pytest.mark.parametrize("line", ["附加扣除的标准", "附则", "附件中的报告回执", "附带条件"])
def test_words_that_only_begin_like_an_annex_are_none(line: str) -> None:
    assert ANNEX_LINE.fullmatch(line) is None


@given(st.text(max_size=40))
def test_reading_a_label_never_fails(line: str) -> None:
    label = read_label(line)
    assert label is None or 0 < label.length <= len(line)
