"""责任单位 in the shapes of the compendium, and brackets that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts.departments import DepartmentMention, find_departments


def only(text: str) -> DepartmentMention:
    found = find_departments(text)
    assert len(found) == 1, [mention.text for mention in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "lead", "supporting"),
    [
        ("…予以变更。（责任单位：自治区自然资源厅、能源局）", ["自治区自然资源厅", "能源局"], []),
        ("…通行权。（责任单位：自治区公安厅、内蒙古邮政管理局）", ["自治区公安厅", "内蒙古邮政管理局"], []),
        (
            "…规划要求。〔责任单位：自治区水利厅、农牧厅（乡村振兴局）、能源局〕",
            ["自治区水利厅", "农牧厅（乡村振兴局）", "能源局"],
            [],
        ),
        (
            "…手续。〔责任单位：自治区能源局，内蒙古电力（集团）公司、国网蒙东电力公司〕",
            ["自治区能源局", "内蒙古电力（集团）公司", "国网蒙东电力公司"],
            [],
        ),
        (
            "…奖励。（责任单位：旗教体局，协同单位：旗委组织部、旗财政局）",
            ["旗教体局"],
            ["旗委组织部", "旗财政局"],
        ),
        (
            "…支持。（责任单位：旗委组织部，协同单位：各镇、各相关部门，各经济开发区、园区）",
            ["旗委组织部"],
            ["各镇", "各相关部门", "各经济开发区", "园区"],
        ),
        ("…政策。（自治区财政厅、商务厅按职责分工负责）", ["自治区财政厅", "商务厅"], []),
        ("…行为。（自治区商务厅、公安厅、市场监管局等按职责分工负责）", ["自治区商务厅", "公安厅", "市场监管局"], []),
        ("…保障。（自治区商务厅、工业和信息化厅、自然资源厅）", ["自治区商务厅", "工业和信息化厅", "自然资源厅"], []),
        ("…服务。（自治区党委外事办）", ["自治区党委外事办"], []),
        ("…登记方式。（各省级人民政府负责）", ["各省级人民政府"], []),
        (
            "…流动。（中央网信办牵头，工业和信息化部、公安部等部门和各省级人民政府按职责分工负责）",
            ["中央网信办"],
            ["工业和信息化部", "公安部", "各省级人民政府"],
        ),
        (
            "…力度。（最高人民法院、司法部、市场监管总局等部门和单位按职责分工负责）",
            ["最高人民法院", "司法部", "市场监管总局"],
            [],
        ),
        (
            "…（各盟行政公署、市人民政府，自治区工信厅等按职责分工负责。以下任务均需各盟行政公署落实，不再列出）",
            ["各盟行政公署", "市人民政府", "自治区工信厅"],
            [],
        ),
        (
            "…（责任单位：市科学技术局、市市场监督管理局 、市财政局）",
            ["市科学技术局", "市市场监督管理局", "市财政局"],
            [],
        ),
        ("…（牵头单位：财政部；配合单位：税务总局）", ["财政部"], ["税务总局"]),
        ("…落实。（责任单位：工会、团委、妇联", ["工会", "团委", "妇联"], []),
    ],
)
def test_offices_are_read_as_printed(text: str, lead: list[str], supporting: list[str]) -> None:
    mention = only(text)
    assert (list(mention.lead), list(mention.supporting)) == (lead, supporting)
    assert mention.span.of(text) == mention.text
    assert not mention.is_whole_paragraph


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (
            "责任单位：自治区商务厅、财政厅按职责分工负责，各有关盟市级政府具体负责。",
            ("自治区商务厅", "财政厅", "各有关盟市级政府"),
        ),
        ("责任单位：自治区商务厅", ("自治区商务厅",)),
        ("（责任单位：自治区商务厅）", ("自治区商务厅",)),
    ],
)
def test_a_paragraph_of_its_own(text: str, lead: tuple[str, ...]) -> None:
    mention = only(text)
    assert mention.lead == lead
    assert mention.is_whole_paragraph
    assert mention.text == text


@pytest.mark.parametrize(
    ("text", "full"),
    [
        (
            "。（责任单位：自治区政务服务与数据管理局、市场监管局）",
            ("自治区政务服务与数据管理局", "自治区市场监管局"),
        ),
        (
            "。（责任单位：自治区商务厅、呼和浩特海关、市场监管局、内蒙古邮政管理局）",
            ("自治区商务厅", "呼和浩特海关", "自治区市场监管局", "内蒙古邮政管理局"),
        ),
        (
            "。（责任单位：自治区财政厅，中国人民银行内蒙古自治区分行、国家金融监管总局内蒙古监管局）",
            ("自治区财政厅", "中国人民银行内蒙古自治区分行", "国家金融监管总局内蒙古监管局"),
        ),
        ("。（责任单位：内蒙古税务局、自治区财政厅）", ("内蒙古税务局", "自治区财政厅")),
        ("。（责任单位：市科学技术局、财政局）", ("市科学技术局", "市财政局")),
        ("。（责任单位：团市委、市教体局、各高校）", ("团市委", "市教体局", "各高校")),
        ("。（责任单位：旗财政局、蒙苏经济开发区、空港物流园区）", ("旗财政局", "蒙苏经济开发区", "空港物流园区")),
        ("。（责任单位：人社局、财政局）", ("人社局", "财政局")),
        ("。（科技部、财政部、各省级人民政府按职责分工负责）", ("科技部", "财政部", "各省级人民政府")),
    ],
)
def test_a_shared_prefix_is_carried_on_apart_from_the_printed_name(text: str, full: tuple[str, ...]) -> None:
    assert only(text).lead_in_full == full


def test_several_in_one_paragraph() -> None:
    text = "甲。（自治区科技厅）（二）拓宽渠道。（人民银行内蒙古分行、内蒙古证监局等按职责分工负责）乙"
    assert [mention.lead for mention in find_departments(text)] == [
        ("自治区科技厅",),
        ("人民银行内蒙古分行", "内蒙古证监局"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "融资担保（含再担保）公司",
        "原产易腐货物（RCEP）和快件",
        "中华医学会专科分会（专业委员会）主任委员",
        "国际交换站（互换局）建设",
        "人才创办（领办）企业",
        "（内政办发 〔2022〕19 号）",
        "（微信扫一扫，查看全部清单）",
        "签订合同（在旗正常缴纳社保）的",
        "《关于…的意见》（国发〔2023〕11 号）",
        "农牧厅（乡村振兴局）负责",
        "由旗人力资源和社会保障局进行解释。",
        "以中国企业联合会、中国企业家协会发布为准。（以榜单为准，下同）",
        "",
    ],
)
def test_other_brackets_are_no_departments(text: str) -> None:
    assert find_departments(text) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("（）()〔〕责任单位：、，。局厅部和等按职责分工负责牵头市旗 "), max_size=60))
def test_any_text(text: str) -> None:
    for mention in find_departments(text):
        assert mention.span.of(text) == mention.text
        assert len(mention.lead) == len(mention.lead_in_full)
        assert len(mention.supporting) == len(mention.supporting_in_full)
