from __future__ import annotations

import pytest

from bot.llm.reply_words import (
    Halves,
    asks_back,
    halves_of,
    is_empty_cell,
    is_opener,
    says_nearest,
    says_not_covered,
    says_to_check,
    split_title,
)


@pytest.mark.parametrize(
    "text",
    [
        "条文未规定",
        "来源没有规定E类人才的安家补贴",
        "现有来源中未提及商业用电价格",
        "没有规定：住房补贴的发放时间。",
        "汇编里没有关于天津的政策。",
        "來源裡沒有相關規定。",
        "材料当中查不到咨询电话。",
        "该文件未载明具体比例。",
        "政策未对民宿作出专门规定。",
        "目前未找到针对市级重点实验室的年度补助规定。",
        "无相关规定。",
        "The sources don’t say how long it takes.",
        "Not covered: the telephone number.",
        "The compendium does not specifically mention hotels.",
        "No clause gives a price for shops.",
        "I could not find a rule on this.",
    ],
)
def test_not_covered_in_any_words(text: str) -> None:
    assert says_not_covered(text)


@pytest.mark.parametrize(
    "text",
    [
        "对C类人才给予100万元资助。",
        "同一事项不重复享受。",
        "未在旗内购房的人才可申请租房补贴。",
        "没有缴纳社保的，不予支持。",
        "不设上限。",
        "未满3年离职的应当退回补贴。",
        "无自有住房的硕士可享受补贴。",
        "市里没有上限，按实际给付的30%给予补贴。",
        "The banner does not pay those who leave within three years.",
        "Applicants must not have received another allowance.",
    ],
)
def test_what_a_rule_says_is_no_not_covered(text: str) -> None:
    assert not says_not_covered(text)


def test_a_sentence_is_cut_around_what_is_not_covered() -> None:
    assert halves_of("给予100万元，来源没有规定期限，由科技局负责。") == Halves(
        "给予100万元，", "来源没有规定期限，", "由科技局负责。"
    )


@pytest.mark.parametrize("text", ["可以。", "能", "Yes.", "不是，", "不能享受。", "视情况而定。"])
def test_a_mere_yes_or_no(text: str) -> None:
    assert is_opener(text)
    assert not is_opener(f"{text}对全职引进的人才给予一次性奖励")


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("【住房】旗里给予补贴。", "住房", "旗里给予补贴。"),
        ("【住房】", "住房", ""),
        ("人才支持：", "人才支持", ""),
        ("人才支持", "人才支持", ""),
        ("条文未规定", "", "条文未规定"),
        ("可以", "", "可以"),
        ("给予10万元", "", "给予10万元"),
        ("旗里给予补贴。", "", "旗里给予补贴。"),
    ],
)
def test_names_of_sections(text: str, title: str, rest: str) -> None:
    assert split_title(text) == (title, rest)


def test_other_kinds_of_sentences() -> None:
    assert says_nearest("最接近的规定是：给予奖励。")
    assert says_to_check("待核实：是否在旗内注册。")
    assert says_to_check("请向责任单位核实。")
    assert asks_back("您的企业注册在旗里吗？”")
    assert is_empty_cell("没有规定")
    assert not is_empty_cell("100万元")
