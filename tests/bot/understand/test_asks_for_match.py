from __future__ import annotations

from pathlib import Path

import pytest

from bot.understand.asks_for_match import asks_for_match, is_profile, tells_of_oneself, tells_on
from eval.cases.case_files import is_question_set, load_cases
from ingest.normalise import to_simplified

QUESTIONS = Path(__file__).parents[3] / "eval" / "questions"


@pytest.mark.parametrize(
    "text",
    [
        "我们是伊旗一家民营煤制烯烃企业，规上，能拿哪些政策？",
        "我是硕士，刚到旗里工作，能领点啥？",
        "我们这种企业可以享受什么优惠",
        "帮我们对对能拿哪些政策。",
        "本人副高职称，今年调过来，可以申请哪些补贴？",
        "伊旗风电叶片民企，今年全职引进一位国家技术创新中心主任，能拿到什么？",
        "民营规上企业，2025年营收3亿元，研发投入1200万元，可以享受什么政策？",
        "硕士，28岁，刚来旗里工作，有什么补贴？",
        "我们是旗里的光伏企业，规上，员工200人，符合哪些政策",
        "公司和这些人各能拿到甚么？我们今年引进了一位博士",
        "我们是猎头公司，2026年在区里设立了区域总部，员工30人，去年全国排名第8名，今年举荐了一名人才，能拿多少奖励？",
        "We run a data centre with 60% foreign shares. What can we claim?",
        "I am a nurse from Tianjin. Which benefits can I get?",
        "I run a small guesthouse in Ejin Horo Banner with 12 rooms. What support am I eligible for?",
        "I'm a nurse from Harbin, 30. What am I entitled to?",
        "My wife and I moved here. Is there anything we can apply for?",
        "伊旗阀门企业，民营，今年引进了一位博士。公司能拿到什么，人又能拿到什么？",
        "旗里一家民企，今年引进了两位硕士，公司能拿什么，引进的人能拿什么？",
        "我们是旗里的装备企业，今年接收了8名大学生实习4个月，每人每月发2400元补贴，公司能拿多少？",
        "俺25 去年二本毕业回老家开了个烤串店 雇了俩人 能领点啥钱不",
        "我在伊旗开店的 能领啥补助",
    ],
)
def test_somebody_asks_for_all_they_can_get(text: str) -> None:
    assert asks_for_match(text)


@pytest.mark.parametrize(
    "text",
    [
        "全职引进的A类人才给多少安家补贴？",
        "博士能领哪些补贴？",
        "我们怎么申请高企奖补？",
        "什么是专精特新企业？",
        "我们能拿到安家补贴吗",
        "我们今年首次认定高企，能拿多少钱？",
        "伊旗阀门企业，今年引进了一位博士，公司能拿到什么，安家补贴怎么申请？",
        "规上，研发占营收4%，高企，市里能拿多少",
        "企业引进博士，能拿到什么补贴？",
        "凡是全职引进的，签了3年合同的，能享受什么待遇？",
        "按照规定，引进一位院士，能拿到什么？",
        "Which department handles the housing subsidy?",
    ],
)
def test_a_question_on_one_thing_is_none(text: str) -> None:
    assert not asks_for_match(text)


def test_no_question_of_the_sets_is_taken_for_one() -> None:
    sets = sorted(filter(is_question_set, QUESTIONS.iterdir()))
    taken = [case.id for path in sets for case in load_cases([path]) if asks_for_match(to_simplified(case.turns[-1]))]
    assert taken == []


@pytest.mark.parametrize(
    ("turns", "on"),
    [
        (("我们能拿到什么？", "我是个人，博士，全职引进到旗里的企业"), True),
        (("我是博士，我能拿到什么？", "引进方式是全职引进，签了5年合同"), True),
        (("What can we get?", "We are a wind farm with 200 staff."), True),
        (("我是博士，我能拿到什么？", "那租房补贴多少钱"), False),
        (("我是博士，我能拿到什么？", "市里呢"), False),
        (("A类人才给多少安家补贴？", "我是博士"), False),
        (("我们能拿到什么？",), False),
    ],
)
def test_who_tells_more_after_asking_for_all_is_matched_again(turns: tuple[str, ...], on: bool) -> None:
    assert tells_on(turns) is on


def test_a_wish_without_a_word_of_oneself_is_no_profile() -> None:
    assert is_profile("硕士，28岁，刚来旗里工作，有什么补贴？")
    assert not is_profile("我们能拿到什么？")
    assert not is_profile("What can we get?")


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("我父亲75岁，有养老补贴吗？", True),
        ("My wife is a doctor; does she get a job?", True),
        ("我们公司在旗里，做光伏的，员工30人，用地怎么申请？", True),
        ("我在旗里上班，单位没给交社保，怎么办？", True),
        ("我们今年首次认定高企，能拿多少钱？", False),
        ("我们公司刚批了院士工作站，市里头一笔给多少，以后每年呢", False),
        ("全职引进的A类人才给多少安家补贴？", False),
        ("企业引进博士，社保怎么交？", False),
    ],
)
def test_what_tells_of_oneself_is_told_from_a_question_on_a_rule(text: str, tells: bool) -> None:
    assert tells_of_oneself(text) is tells


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("我大专毕业 退伍2年 开了个修电动车的铺子 想问下国家给点啥钱不 我26", True),
        ("我开了个修车铺 雇了俩人 能领点啥 贷款也行", True),
        ("媳妇在幼儿园当老师刚考上社工证初级 能领点啥", True),
        ("孩子上幼儿园 能领什么补贴", False),
        ("高企首次认定给什么奖励", False),
        ("今年政府有什么新政策", False),
    ],
)
def test_a_story_without_commas(text: str, asks: bool) -> None:
    assert asks_for_match(text) is asks
