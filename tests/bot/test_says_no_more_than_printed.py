"""Verdicts and denials are left to what the clauses print: whose money, what is over, what is left out, what is not there."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answer, Answered, Question, SentenceRole

DAY = date(2026, 11, 29)


def asked(bot: PolicyBot, *turns: str) -> Answer:
    return bot.ask(Question(turns, DAY))


def answered(bot: PolicyBot, *turns: str) -> Answered:
    answer = asked(bot, *turns)
    assert isinstance(answer, Answered)
    return answer


@pytest.mark.parametrize(
    "said",
    [
        "我想建光伏背板厂，蒙苏开发区和空港物流园区的工业地哪个便宜，差多少一亩？",
        "我买100亩空港物流园区的地按基准价要多少钱？",
        "入驻跨境电商平台每个给2万元，我入驻了4个平台，一共能拿多少？",
    ],
)
def test_a_price_and_a_firms_own_money_are_not_said_to_be_somebody_elses(bot: PolicyBot, said: str) -> None:
    assert "不是直接给您" not in answered(bot, said).body


def test_the_cheaper_of_two_places_of_one_row_leads(bot: PolicyBot) -> None:
    body = answered(bot, "蒙苏开发区和空港物流园区的工业地哪个便宜，差多少一亩？").body
    assert body.startswith("蒙苏经济技术开发区更低")
    assert "=1.74万元/亩" in body


@pytest.mark.parametrize(
    ("turns", "printed"),
    [
        (("病残津贴办法什么时候实施，第十条说了什么？",), "第十条 申请领取病残津贴人员"),
        (("我想建一个数据中心，电价多少、水价多少、土地多少钱一亩？",), "20-25万元/亩"),
        (("我想建一个数据中心，电价多少、水价多少、土地多少钱一亩？",), "0.29—0.33元/度"),
        (("台湾企业在负面清单上有没有更优惠的规定？",), "海峡两岸经济合作框架协议"),
        (("2024年黄河水权指标给多少？",), "5000万立方米"),
        (("引进一个A类人才用人单位旗里拿多少，市里拿多少？",), "200万元人才培养资助"),
    ],
)
def test_what_is_printed_is_not_denied(bot: PolicyBot, turns: tuple[str, ...], printed: str) -> None:
    body = answered(bot, *turns).body
    assert printed in body
    assert not any(denial in body for denial in ("没有找到", "未找到", "没有印出", "未见直接规定"))


@pytest.mark.parametrize(
    "turns",
    [
        ("失业保险稳岗返还大型企业和中小微企业各返多少？",),
        ("失业保险费率1%的政策现在还有效吗？", "稳岗返还呢？"),
        ("失业保险稳岗返还大型企业返多少", "会计师事务所能不能申请？"),
    ],
)
def test_money_that_is_over_is_said_to_be_so_first_and_by_its_own_day(bot: PolicyBot, turns: tuple[str, ...]) -> None:
    first = answered(bot, *turns).sentences[0]
    assert (first.role, first.text) == (SentenceRole.VERDICT, "已于2024年12月31日到期。")


def test_what_is_set_aside_is_not_the_answer(bot: PolicyBot) -> None:
    body = answered(bot, "除了清华北大，别的学校毕业的老师有什么待遇？").body
    assert "10万—35万元" in body
    assert "清华" not in body
    assert "人才配偶" not in answered(bot, "除了人才补贴，旗里对企业还有什么补贴？").body


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [
        (("配偶生活补贴每月多少", "配偶已经就业的能领吗"), "不符合：条文写的是"),
        (("除了清华北大，别的学校毕业的老师有什么待遇？", "不签三年合同的呢"), "不符合：条文写的是"),
        (("山西算不算西部地区？",), "所引条文逐一列出的各项里没有“山西”。"),
        (("蒙西战略性新兴产业电价0.29元是固定的吗？",), "不是：条文写的是"),
        (("旗里全职引进D类人才安家补贴是200万吗？",), "不是：条文写的是D类：最高80万元"),
        (("旗里整体迁入高新技术企业给20万，是给个人还是企业？",), "这笔钱给企业。"),
        (("“草原英才”工程若干政策还有效吗？",), "已废止"),
        (("不是规上企业能拿研发奖补吗？",), "〔市〕这一条不符合"),
    ],
)
def test_a_no_is_the_clauses_own(bot: PolicyBot, turns: tuple[str, ...], verdict: str) -> None:
    first = answered(bot, *turns).sentences[0]
    assert first.role is SentenceRole.VERDICT
    assert first.text.startswith(verdict)


def test_a_listed_industry_is_not_said_to_be_missing(bot: PolicyBot) -> None:
    assert "各项里没有" not in answered(bot, "充换电设施能享受战新电价吗？").body


@pytest.mark.parametrize(
    ("turns", "kept"),
    [
        (("工业用水多少钱一吨", "电和气呢"), "工商业用气3.06元/立方米"),
        (("战略性新兴产业目录一共多少个行业，都有哪些？", "里面有没有人工智能？"), "没有“人工智能”"),
        (("柔性引进一个C类人才年薪120万元，旗里给单位补多少？", "一共能补几年，五年合计最多多少？"), "最长补贴5年"),
        (("国家级重点实验室自治区每年给1亿元吗？", "给几年"), "连续5年"),
        (("失业保险稳岗返还各返多少？", "我们是25人的小公司，去年裁了6个人能申请吗？"), "裁员率不高于参保职工总数20%"),
        (("高新技术企业再次认定旗里奖多少", "旗里20万元是给个人的吗"), "不是：这笔钱给企业"),
    ],
)
def test_a_follow_up_stays_with_what_answered(bot: PolicyBot, turns: tuple[str, ...], kept: str) -> None:
    assert kept in answered(bot, *turns).body


def test_what_was_told_before_decides_nothing_of_another_subject(bot: PolicyBot) -> None:
    turns = ("大学毕业生开店满一年，带动3个人就业，给多少创业补贴？", "营业执照已经3年了呢", "农民工可以吗")
    assert "不符合" not in answered(bot, *turns).body


def test_an_article_told_before_is_not_told_again(bot: PolicyBot) -> None:
    body = answered(bot, "病残津贴办法第十条说了什么？", "病残津贴办法第12条说了什么").body
    assert body.startswith("〔国家〕第十二条")
    assert "第十条" not in body


def test_a_gap_in_the_amount_is_said_and_no_neighbour_fills_it(bot: PolicyBot) -> None:
    body = answered(bot, "在职研究生奖励多少钱？").body
    assert body.startswith("未找到写明数额的规定")
    assert "课题研究经费" not in body
