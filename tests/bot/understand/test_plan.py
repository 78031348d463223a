"""A question's parts: where it is cut, what each carries over, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Question
from bot.understand.plan import MOST_PARTS, fine_parts_of, is_talk, parts_of
from index.text.question_types import QuestionType

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (
            "工业用水价格多少？2023年首次认定的高企旗里奖多少",
            ["工业用水价格多少？", "2023年首次认定的高企旗里奖多少"],
        ),
        ("首次认定的高企，旗里奖多少，市里呢？", ["首次认定的高企，旗里奖多少", "市里呢？"]),
        ("高企奖多少；另外，水价是多少", ["高企奖多少", "水价是多少"]),
        ("水价多少，还有电价是多少", ["水价多少", "电价是多少"]),
        ("工业用水价格，还有建人才飞地市里奖多少", ["工业用水价格", "建人才飞地市里奖多少"]),
        ("水价、电价、气价三个价格，另外高企市里奖多少？", ["水价、电价、气价三个价格", "高企市里奖多少？"]),
        ("水价、电价、气价多少，市里高企奖多少", ["水价、电价、气价多少", "市里高企奖多少"]),
        ("我们是德国企业。工业用地多少钱一亩？税率呢？", ["我们是德国企业。工业用地多少钱一亩？", "税率呢？"]),
        (
            "How much is the land price? And how much subsidy do we get?",
            ["How much is the land price?", "how much subsidy do we get?"],
        ),
        (
            "How long is it valid, and if I fail, when can I apply again?",
            ["How long is it valid", "if I fail, when can I apply again?"],
        ),
        ("人才飞地奖励多少？怎么申请？", ["人才飞地奖励多少？", "怎么申请？"]),
        ("首次认定高企补多少，谁负责", ["首次认定高企补多少", "谁负责"]),
        ("高企奖多少另外水价多少", ["高企奖多少", "水价多少"]),
        ("单晶硅的比例是多少，顺便问下数据中心呢", ["单晶硅的比例是多少", "数据中心呢"]),
        ("想了解西部大开发税率，同时问问小微企业所得税免不免", ["西部大开发税率", "小微企业所得税免不免"]),
        ("人才公寓免租几年，还想了解一下落户条件", ["人才公寓免租几年", "落户条件"]),
        ("鄂爾多斯E類人才貸款放寬到幾倍？D類呢？", ["鄂爾多斯E類人才貸款放寬到幾倍？", "D類呢？"]),
    ],
)
def test_a_question_is_cut_where_another_thing_is_asked(asked: str, parts: list[str]) -> None:
    assert parts_of(asked) == parts


@pytest.mark.parametrize(
    "asked",
    [
        "工业用电多少钱一度？",
        "我硕士，在康巴什上班，没房，市里租房一个月补多少，最多补多久？",
        "学校、机关的水费和老百姓家里的水费，一吨各是多少？",
        "高企奖多少？我们在旗里。",  # told behind it
        "企业所得税税率。",
        "投标时被区别对待，怎么维权？谁来受理？",  # one rule says both
        "旗里安家费多少，同时符合两条能都拿吗",
        "水价、电价、气价，市里各补多少",  # asked of each
        "我们符合高企条件，另外在旗里，能奖多少",  # told, not asked
        "？？？",
        "",
    ],
)
def test_what_asks_one_thing_stays_whole(asked: str) -> None:
    assert parts_of(asked) == [asked]


def test_a_question_asked_twice_is_one_part() -> None:
    assert parts_of("水价多少？水价多少？电价多少？") == ["水价多少？", "电价多少？"]


def test_a_part_inherits_what_it_leaves_out_and_replaces_what_it_names(bot: PolicyBot) -> None:
    finder = bot.finder
    plan = finder.plan(finder.read(Question(("再次认定的高企，旗里奖多少，市里呢？",), DAY)))
    first, second = plan.parts
    assert (first.constraints.levels, second.constraints.levels) == (("旗",), ("市",))
    assert "高企" in second.reading.text
    assert QuestionType.AMOUNT in second.types


def test_a_part_on_another_subject_inherits_nothing(bot: PolicyBot) -> None:
    finder = bot.finder
    plan = finder.plan(finder.read(Question(("工业用电多少钱一度？博士安家费多少？",), DAY)))
    assert plan.parts[1].reading.carried.earlier == ()


def test_a_part_without_a_subject_keeps_to_the_one_before_it(bot: PolicyBot) -> None:
    finder = bot.finder
    asked = "2024年要给沿黄盟市解决多少工业用水指标？哪个单位负责？"
    assert finder.plan(finder.read(Question((asked,), DAY))).parts[1].reading.carried.earlier != ()


def test_parts_beyond_the_most_are_named_and_not_read(bot: PolicyBot) -> None:
    goods = [f"第{number}号楼的电价是多少？" for number in range(1, 41)]
    finder = bot.finder
    plan = finder.plan(finder.read(Question(("".join(goods),), DAY)))
    assert len(plan.parts) == MOST_PARTS
    assert plan.left_out == tuple(goods[MOST_PARTS:])


def test_constraints_are_those_of_the_part(bot: PolicyBot) -> None:
    finder = bot.finder
    asked = "2024年买80亩工业用地多少钱？《鄂尔多斯市关于实施更加积极开放有效人才政策打造一流人才高地的若干措施》里哪些人不能领补贴？"
    land, talent = finder.plan(finder.read(Question((asked,), DAY))).parts
    assert "80亩" in land.constraints.quantities
    assert land.constraints.time is not None
    assert land.constraints.time.first.year == 2024
    assert talent.constraints.negative
    assert not land.constraints.negative
    assert talent.constraints.documents == ("鄂尔多斯市关于实施更加积极开放有效人才政策打造一流人才高地的若干措施",)
    assert "2024-01-01–2024-12-31" in land.constraints.shown


@pytest.mark.parametrize(
    ("asked", "kept", "gone"),
    [
        ("首次认定的高企自治区奖多少？再次认定的呢？", "再次", "首次"),
        ("全职引进的D类人才市里给多少？柔性引进的呢？", "柔性", "全职"),
        ("2024年的奖励市里是多少？2025年的呢？", "2025年", "2024年"),
        ("博士市里租房补多少？硕士呢？", "硕士", "博士"),
    ],
)
def test_a_part_replaces_one_constraint_and_keeps_the_others(bot: PolicyBot, asked: str, kept: str, gone: str) -> None:
    finder = bot.finder
    second = finder.plan(finder.read(Question((asked,), DAY))).parts[1].reading
    assert kept in second.text
    assert gone not in second.text


def test_two_things_asked_with_a_comma_between_them() -> None:
    assert parts_of("市里专精特新奖多少，小巨人奖多少") == ["市里专精特新奖多少", "小巨人奖多少"]
    asked = "拿200亩工业地，按基准价要多少钱，按参考价又是多少？"
    assert parts_of(asked) == ["拿200亩工业地，按基准价要多少钱", "按参考价又是多少？"]


def test_what_belongs_to_the_amount_before_is_no_part() -> None:
    asked = "每项最高奖励多少，其中奖励转化贡献人的比例不低于多少？"
    assert parts_of(asked) == [asked]


def test_a_wish_without_a_word_that_asks_is_a_part() -> None:
    asked = "我是一家制造业企业，想知道地价、电价、人才补贴，还想问问首次认定高企给多少钱"
    assert parts_of(asked) == ["我是一家制造业企业，想知道地价、电价、人才补贴", "首次认定高企给多少钱"]
    assert parts_of("我想咨询一下。工业用电多少钱") == ["我想咨询一下。工业用电多少钱"]


def test_what_is_asked_of_each_thing_told_is_a_part_for_each() -> None:
    asked = "我们单位拿了国家科技计划项目，专项拨款2300万；又拿了自治区科技奖，奖金20万。鄂尔多斯市分别再给多少？"
    assert parts_of(asked) == [
        "我们单位拿了国家科技计划项目，专项拨款2300万，鄂尔多斯市再给多少？",
        "又拿了自治区科技奖，奖金20万，鄂尔多斯市再给多少？",
    ]


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("蒙西电网战略性新兴产业电价多少，工商业用气多少", ["蒙西电网战略性新兴产业电价多少", "工商业用气多少"]),
        ("自治区一类人才经费最高多少，四类呢，六类呢", ["自治区一类人才经费最高多少", "四类呢", "六类呢"]),
        ("旗里创业补贴有哪些，个体户能不能申请", ["旗里创业补贴有哪些", "个体户能不能申请"]),
        ("病残津贴缴费满几年才能领，谁审核，几天办完", ["病残津贴缴费满几年才能领", "谁审核", "几天办完"]),
        ("退休教师补贴多少，找谁问，电话多少", ["退休教师补贴多少", "找谁问", "电话多少"]),
        ("你好，你是谁？能转人工吗？空港物流园区的地价多少", ["你是谁？", "能转人工吗？", "空港物流园区的地价多少"]),
        ("数据截止到什么时候？另外高企奖多少", ["数据截止到什么时候？", "高企奖多少"]),
    ],
)
def test_each_thing_asked_behind_a_comma_is_a_part(asked: str, parts: list[str]) -> None:
    assert parts_of(asked) == parts


def test_talk_is_told_apart_from_what_rests_on_a_clause() -> None:
    assert is_talk("另外，你们收录了多少份文件？")
    assert is_talk("also, who are you?")
    assert not is_talk("你们收录了多少份文件要交？")
    assert not is_talk("地价多少")


def test_a_question_can_be_cut_at_every_comma_between_two_things_asked() -> None:
    asked = "限价房多大面积，几年后能卖，一平米多少钱"
    assert parts_of(asked) == [asked]
    assert fine_parts_of(asked) == ["限价房多大面积", "几年后能卖", "一平米多少钱"]
    assert fine_parts_of("居民用水多少，其中水资源费多少") == ["居民用水多少，其中水资源费多少"]


def test_a_part_that_only_replaces_a_word_is_spelt_out(bot: PolicyBot) -> None:
    finder = bot.finder
    plan = finder.plan(finder.read(Question(("再次获批的高企旗里给多少？首次的呢？",), DAY)))
    assert [part.spelt_out for part in plan.parts] == ["", "首次获批的高企旗里给多少？"]


def test_who_may_have_it_is_asked_of_what_was_spoken_of(bot: PolicyBot) -> None:
    finder = bot.finder
    plan = finder.plan(finder.read(Question(("旗里创业补贴有哪些，外地户口的高校毕业生能不能申请",), DAY)))
    assert plan.parts[1].reading.carried.earlier == ("旗里创业补贴有哪些",)
