"""Titles of documents against bullets, rows and sentences that look alike."""

import pytest

from ingest.structure.titles import is_masthead, is_title, split_issuer, title_goes_on


@pytest.mark.parametrize(
    "line",
    [
        "国务院关于进一步优化外商投资环境加大吸引外商投资力度的意见",
        "外商投资准入特别管理措施（负面清单）（2024 年版）",
        "内蒙古自治区加快推进跨境电子商务发展行动计划（2022-2025 年）",
        "企业职工基本养老保险病残津贴暂行办法",
        "关于加强新时代人才工作助推高质量发展的若干措施（试行）",
        "内蒙古自治区工业和信息化厅关于调整战略性新兴产业电力交易的若干政策 （内工信经运字〔2022〕405 号）",
        "关于延续西部大开发企业所得税政策的公告财政部 税务总局 国家发展改革委公告 2020 年第 23 号",
        "中华人民共和国学位法",
    ],
)
def test_titles_end_in_their_kind(line: str) -> None:
    assert is_title(line)


@pytest.mark.parametrize(
    "line",
    [
        "参考价格：20-25 万元/亩",
        "居民用气",
        "蒙西电网战略性新兴产业电价",
        "天然气资源主要在乌审旗，储量居全区第一，全国第四。",
        "发展向绿。我旗境内自然资源富集，特别是煤炭资源量多、质好、易采，",
        "内蒙古自治区党委 自治区人民政府印发《关于加快推进“科技兴蒙”",  # goes on in the next line
    ],
)
def test_bullets_and_half_titles_are_no_titles(line: str) -> None:
    assert not is_title(line)


def test_the_rest_of_a_title_is_known_by_its_first_word() -> None:
    assert title_goes_on("的通知")
    assert not title_goes_on("为贯彻落实《国务院办公厅关于加快发展外贸新业态新模式的意见》")


def test_issuer_and_number_behind_a_title_are_cut_off() -> None:
    title, behind = split_issuer("关于延续西部大开发企业所得税政策的公告财政部 税务总局 国家发展改革委公告2020年第23号")
    assert title == "关于延续西部大开发企业所得税政策的公告"
    assert behind == "财政部 税务总局 国家发展改革委公告2020年第23号"


def test_a_plain_title_has_nothing_behind_it() -> None:
    title = "鄂尔多斯市关于实施更加积极开放有效人才政策打造一流人才高地的若干措施"
    assert split_issuer(title) == (title, None)


@pytest.mark.parametrize(
    ("line", "above_a_title"),
    [
        ("青川区人民政府办公室文件", True),
        ("青政办发〔2024〕12号", True),
        ("特急", True),
        ("青川区人民政府办公室关于全面推行规范性文件", False),  # the first line of a wrapped title
        ("青川区商贸企业扶持办法", False),
    ],
)
def test_what_stands_above_a_title_on_official_paper(line: str, above_a_title: bool) -> None:
    assert is_masthead(line) is above_a_title
