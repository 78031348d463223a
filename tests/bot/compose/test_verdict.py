"""The verdict stands first where typed words decide, and nowhere else. Over the real index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole

DAY = date(2026, 11, 29)


def _first(bot: PolicyBot, *turns: str) -> tuple[SentenceRole, str]:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer.sentences[0].role, answer.sentences[0].text


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("失业保险按1%交这个政策现在还算数吗", "已于2025年12月31日到期。"),
        ("西部大开发企业所得税15%执行到哪一年？", "有效期至2030年12月31日，在提问之日仍在有效期内。"),
        ("全职引进D类人才，安家补贴市里和旗里分别给多少？", "两级都有：市200万元，旗最高80万元。"),
        (
            "我硕士，在准格尔旗一家企业上班，没房，市里那个租房补贴我能领不？",
            "不符合：所印地区为东胜区、康巴什区、伊金霍洛旗，不含准格尔旗。",
        ),
        (
            "我硕士，在康巴什区一家企业上班，没房，市里那个租房补贴我能领不？",
            "符合地区条件：所印地区为东胜区、康巴什区、伊金霍洛旗，包括康巴什区。",
        ),
        (
            "我们规上企业，不是高企，研发费用占营收2.5%，不过金额有5600万。市里研发奖补给不给，最高多少？",
            "符合这项条件：达到“5000万元以上”，所印条件用“或”连接，满足其一即可。",
        ),
        ("请一位院士柔性当自治区政府特聘顾问，给500万科研费对吧？", "不是：条文所印为30万元。"),
        (
            "小规模纳税人月销售额5万能免征房产税吗？",
            "〔自治区〕这一条不符合：所印条件为“月销售额不超过3万元（按季9万元）”。",
        ),
        (
            "Is it true that every small firm that has run for two years in Ejin Horo Banner gets RMB 300,000?",
            "No: it also takes “正常运营2年以上”“累计固定资产投资在500万元及以上”“效益显著”.",
        ),
    ],
)
def test_what_typed_words_decide_is_said_first(bot: PolicyBot, asked: str, verdict: str) -> None:
    assert _first(bot, asked) == (SentenceRole.VERDICT, verdict)


@pytest.mark.parametrize(
    "asked",
    [
        "我们研究所接了个自治区科技项目，直接费用还剩800万，间接费最多能提几个点？",  # tiers, no threshold to reach
        "到哪年自治区公共海外仓要到15个左右？",  # the year of a goal
        "工业用电多少钱一度？",
        "按市里F类、按旗里D类，安家补贴各多少？",  # classes of two scales
        "技术转让所得300万元能免征企业所得税吗？",
    ],
)
def test_nothing_is_concluded_where_they_do_not(bot: PolicyBot, asked: str) -> None:
    assert _first(bot, asked)[0] is not SentenceRole.VERDICT


def test_an_amount_heard_is_held_against_the_row_of_its_class(bot: PolicyBot) -> None:
    role, text = _first(bot, "C类人才旗里安家补贴900万对吗")
    assert role is SentenceRole.VERDICT
    assert text == "不是：条文所印为最高200万元。"  # 300万元 is the floor of another class


def test_the_verdict_of_an_english_question_is_english(bot: PolicyBot) -> None:
    asked = (
        "Our plant is above designated size and a national high-tech enterprise. R&D is only 2.1% of revenue but it is "
        "RMB 52 million. Do we get Ordos's R&D bonus and what is the cap for us?"
    )
    role, text = _first(bot, asked)
    assert role is SentenceRole.VERDICT
    assert text.startswith("Yes as to this condition")


def test_a_part_has_its_verdict(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("工商业用水多少钱一吨？失业保险按1%交这个政策现在还算数吗？",), DAY))
    assert isinstance(answer, Answered)
    assert [part.verdict for part in answer.parts] == [None, "已于2025年12月31日到期。"]


def test_the_county_says_what_holds_too(other_corpus_bot: Callable[[str], PolicyBot]) -> None:
    bot = other_corpus_bot("county")
    assert _first(bot, "县里招商引资优惠办法有效期到哪年？") == (
        SentenceRole.VERDICT,
        "〔县〕有效期至2030年5月31日，在提问之日仍在有效期内。",
    )


def test_the_levels_verdict_of_a_first_recognition_takes_no_other_grant(
    other_corpus_bot: Callable[[str], PolicyBot],
) -> None:
    question = Question(("第一次评上高企，省、市、区三级现在各给多少钱？",), date(2026, 11, 22))
    answer = other_corpus_bot("province").ask(question)
    assert isinstance(answer, Answered)
    assert "40万元" not in "".join(s.text for s in answer.sentences if s.role is SentenceRole.VERDICT)


@pytest.mark.parametrize(
    "asked",
    [
        "旗里和市里的租房补贴博士每月多少、最长多久？",  # the banner's 1000元 is for spouses without work
        "市里和旗里给硕士的租房补贴各多少？",
        "旗里的购房补贴和市里的安家补贴，B类各多少？",  # one thing of one level, another of the other
        "科技型中小企业研发奖补和院士工作站资助，市里旗里各多少？",
    ],
)
def test_unlike_benefits_of_two_levels_are_not_said_to_be_at_both(bot: PolicyBot, asked: str) -> None:
    assert not _first(bot, asked)[1].startswith("两级都有")


def test_a_level_that_gives_nothing_for_it_is_said_to(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("旗里和市里的租房补贴博士每月多少、最长多久？",), DAY))
    assert isinstance(answer, Answered)
    assert "〔旗〕该层级未见直接规定。" in [one.text for one in answer.sentences]
    assert not any("配偶" in one.text for one in answer.sentences)


def test_the_first_time_is_not_answered_by_what_is_given_again(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("高新技术企业首次认定自治区、市、旗各奖多少，列出来比较",), DAY))
    assert isinstance(answer, Answered)
    assert not any("再次获批" in one.text for one in answer.sentences)
