"""Answers that checked grants decide, over the compendium: whose money, what it comes to, the condition that is missing."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole

DAY = date(2026, 11, 29)


def answered(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


def worked_out(answer: Answered) -> list[str]:
    return [sentence.text for sentence in answer.sentences if sentence.derived is not None]


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        (
            "跟重点高校在读博士签了预引进协议，一共资助了12万，他毕业来了，市里补公司多少？",
            ["推算：12万×50%=6万元，超过所印上限5万元，按5万元。"],
        ),
        ("博士租房补贴36个月一共能拿多少", ["推算：36个月×2000元/人·月=7.2万元。"]),
        ("硕士在市里租房，领满三年一共多少", ["推算：三年×1500元/人·月=5.4万元。"]),
        ("企业接收10名实习生，每人每月补1500元，满6个月最多能拿多少？", ["推算：10名×6个月×1500元=最高9万元。"]),
        ("引进3个博士，每人每月生活补贴，旗里两年总共多少？", ["推算：3个×两年×3000元/月=21.6万元。"]),
        ("招聘10个培训合格的毕业生，引才补贴一共多少", ["推算：10个×1000元/人=1万元。"]),
        (
            "招聘800个培训合格的毕业生，引才补贴一共多少",
            ["推算：800个×1000元/人=80万元，超过所印上限50万元，按50万元。"],
        ),
    ],
)
def test_what_it_comes_to_with_its_printed_limit(bot: PolicyBot, asked: str, lines: list[str]) -> None:
    assert worked_out(answered(bot, asked)) == lines


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        # Held against a threshold: no base of the share that another sentence prints, for the growth of something else.
        ("规上企业研发投入正好8000万元，在鄂尔多斯落在哪一档，这一档补多少？", []),
        ("国有企业研发投入2000万元，利润考核能加计多少？", []),
        ("国有企业研发投入增加了2000万元，利润考核里增量部分能加计多少？", ["推算：2000万元×150%=3000万元。"]),
    ],
)
def test_a_share_of_what_goes_beyond_is_of_nothing_else(bot: PolicyBot, asked: str, lines: list[str]) -> None:
    assert worked_out(answered(bot, asked)) == lines


def test_a_yearly_share_over_its_whole_term(bot: PolicyBot) -> None:
    lines = worked_out(answered(bot, "柔性请一位D类专家，一年付150万，市里补公司，请满一共最多多少？"))
    assert lines == ["推算：150万×30%=45万元，超过所印上限30万元，按30万元。", "推算：5年×30万元=最高150万元。"]


def test_a_part_that_changes_the_person_is_worked_out_anew(bot: PolicyBot) -> None:
    asked = "跟重点高校在读博士签了预引进协议，一共资助了12万，他毕业来了，市里补公司多少？换成硕士资助12万呢"
    assert [line[-9:] for line in worked_out(answered(bot, asked))] == ["5万元，按5万元。", "3万元，按3万元。"]


def test_money_for_an_agency_is_not_the_employers(bot: PolicyBot) -> None:
    body = answered(bot, "引进一个B类人才，我们公司能从市里拿多少钱？").body
    assert "B类：150万元人才培养资助" in body
    assert "40万元" not in body


def test_an_agency_gets_what_is_for_agencies(bot: PolicyBot) -> None:
    assert "40万元引才荐才奖励" in answered(bot, "我们猎头给企业挖到一个B类全职的，鄂尔多斯市奖我们多少").body


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("运营两年的小微企业自动就能拿30万对吧", "“效益显著”"),
        ("购房补贴只要来企业上班就能拿了是吧", "满3年”“由企业推荐"),
    ],
)
def test_a_premise_that_leaves_out_a_condition_is_put_right_first(bot: PolicyBot, asked: str, missing: str) -> None:
    first = answered(bot, asked).sentences[0]
    assert first.role is SentenceRole.VERDICT
    assert first.text.startswith("不是：还须")
    assert missing in first.text


def test_the_condition_that_fails_is_the_verdict(bot: PolicyBot) -> None:
    first = answered(bot, "我是D类人才，柔性来旗里，单位能拿引才补贴吗").sentences[0]
    assert first.text == "不符合：所印条件为“柔性引进A、B、C类人才”。"


def test_whoever_does_not_get_the_money_is_told_who_does(bot: PolicyBot) -> None:
    first = answered(bot, "我是个人，引进一个C类人才猎头奖励多少，我自己能拿吗").sentences[0]
    assert first.text == "这笔钱给中介机构，不是直接给您。"


@pytest.mark.parametrize(
    ("turns", "lines"),
    [
        (
            ("我在旗里开了个小饭馆，雇了3个人，我是大学毕业生，能拿创业补贴吗？", "给多少"),
            [],
        ),  # once, whoever is taken on
        (
            ("我招了10个大学生实习6个月，每人每月发2000元，能补多少？",),
            ["推算：2000元×50%=1000元。", "推算：10个×6个月×2000元×50%=6万元。"],
        ),
        (
            ("我招了10个大学生实习6个月，每人每月发2000元，能补多少？", "实习两个月的呢？"),
            [],
        ),  # more than three it takes
        (
            ("8个人，实习5个月，每人每月补4000元，旗里能补多少？", "市里呢"),
            ["推算：4000元×50%=2000元，超过所印上限1500元，按1500元。", "推算：8个×5个月×1500元=最高6万元。"],
        ),
        (
            ("我们接收了6个实习生，每月给每人开1800，干5个月，市里补多少？",),
            ["推算：1800×50%=900元。", "推算：6个×5个月×1800×50%=2.7万元。"],
        ),
        (("入驻4个平台，能补多少？",), ["推算：4个×2万元=8万元，超过所印上限5万元，按5万元。"]),
        (("国家重点实验室五年一共能拿多少？",), ["推算：五年×1000万元=不低于5000万元。"]),
        (("我们院派了个骨干去深圳跟岗锻炼8个月，市里给单位补贴吗？一个月多少",), []),
    ],
)
def test_only_what_is_given_to_each_or_on_is_multiplied(
    bot: PolicyBot, turns: tuple[str, ...], lines: list[str]
) -> None:
    assert worked_out(answered(bot, *turns)) == lines


def test_what_the_asker_pays_is_no_claim_about_the_policy(bot: PolicyBot) -> None:
    first = answered(bot, "8个人，实习5个月，每人每月补4000元，旗里能补多少？").sentences[0]
    assert first.role is not SentenceRole.VERDICT
