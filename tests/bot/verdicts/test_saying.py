"""What is said first, over the compendium: premises, yes or no, which is more, whether both may be had, versions."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Operation, Question, SentenceRole

DAY = date(2026, 11, 29)


def _answer(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


def _first(bot: PolicyBot, *turns: str) -> str:
    """The verdict in front; "" where a clause speaks first."""
    sentence = _answer(bot, *turns).sentences[0]
    return sentence.text if sentence.role is SentenceRole.VERDICT else ""


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("柔性引才补贴按实际给付薪酬的50%补给单位，没错吧？", "30%"),
        ("人才父母养老补贴是父母满60岁就有，对吗？", "70周岁"),
        ("岗位特聘补贴最长能拿20年，是吗？市里的", "最长补贴10年"),
        ("西部大开发15%所得税优惠到2035年才结束，对吗？", "2030年12月31日"),
        ("病残津贴是2023年开始实施的吧？", "2025年1月1日"),
        ("旗里全职引进的A类人才安家补贴是500万对吧？", "不低于300万元"),
    ],
)
def test_a_premise_that_is_not_so_is_corrected_first(bot: PolicyBot, asked: str, verdict: str) -> None:
    said = _first(bot, asked)
    assert said.startswith("不是")
    assert verdict in said


@pytest.mark.parametrize(
    "asked",
    [
        "柔性引才补贴按实际给付薪酬的30%补给单位，没错吧？",
        "人才父母养老补贴是父母满70岁就有，对吗？",
        "岗位特聘补贴最长能拿10年，是吗？市里的",
        "旗里C类人才安家补贴最高200万对吧？",
        "听说父母70岁以上每年有1000元养老补贴，是真的吗",
    ],
)
def test_a_premise_that_is_so_is_not_denied(bot: PolicyBot, asked: str) -> None:
    assert not _first(bot, asked).startswith("不是")


def test_a_figure_taken_for_granted_in_front_of_a_question_is_corrected(bot: PolicyBot) -> None:
    said = _first(bot, "首次获批高新技术企业自治区一次性给50万研发经费，这50万能不能用来发工资？")
    assert said.startswith("不是")
    assert "30万元" in said
    right = _first(bot, "首次获批高新技术企业自治区一次性给30万研发经费，这30万能不能用来发工资？")
    assert not right.startswith("不是")


def test_a_relief_that_no_clause_prints(bot: PolicyBot) -> None:
    assert _first(bot, "旗里给企业工业用水打五折，怎么申请？").startswith("不是：条文没有写这项优惠")


def test_money_said_to_go_to_somebody_else(bot: PolicyBot) -> None:
    said = _first(bot, "A类人才200万元的引才资助是直接打给人才本人的，是吧？")
    assert said.startswith("不是：这笔钱给")
    assert "用人单位" in said


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("领病残津贴期间还需不需要交养老保险费？", "不需要：条文写的是"),
        ("境外投资者可以在中国当个体工商户吗？", "不可以：条文写的是"),
    ],
)
def test_yes_or_no_by_the_words_that_decide(bot: PolicyBot, asked: str, verdict: str) -> None:
    assert _first(bot, asked).startswith(verdict)


def test_which_level_gives_more(bot: PolicyBot) -> None:
    said = _first(bot, "人才父母养老补贴市里多还是旗里多？")
    assert said.startswith("市更高：")
    assert "2000元" in said
    assert "1000元" in said


def test_by_how_much_is_worked_out_from_two_printed_amounts(bot: PolicyBot) -> None:
    answer = _answer(bot, "C类人才的安家补贴，市和旗差多少？")
    (difference,) = [sentence for sentence in answer.sentences if sentence.derived is not None]
    assert difference.text == "推算：250万元-200万元=至少50万元。"
    assert difference.derived is not None
    assert difference.derived.operation is Operation.LESS
    assert {figure.text for figure in difference.figures} == {"250万元", "200万元"}


def test_a_rule_of_another_document_does_not_tell_whether_both_may_be_had(bot: PolicyBot) -> None:
    answer = _answer(bot, "病残津贴和失业保险金能同时领吗？")
    assert answer.sentences[0].role is SentenceRole.HEDGE
    assert "没有写能不能与另一项同时享受" in answer.sentences[0].text
    assert "职业培训补贴不得重复享受" not in answer.body


def test_a_rule_of_the_same_document_does(bot: PolicyBot) -> None:
    assert "就高不重复" in _answer(bot, "新能源新材料产业人才的购房补贴和旗里其他补贴能同时拿吗？").body


def test_a_version_that_has_ended_is_not_judged_by_its_neighbour(bot: PolicyBot) -> None:
    answer = _answer(bot, "2021年版外商投资负面清单现在还有效吗？")
    assert answer.sentences[0].text.startswith("已废止：")
    assert "2024年11月1日起废止" in answer.sentences[0].text
    assert "没有印出终止日期" not in answer.body


def test_a_condition_taken_for_granted_too_low_and_money_that_comes_every_year(bot: PolicyBot) -> None:
    asked = "在伊旗新能源企业干满一年就能拿40万购房补贴，我下个月满一年，去哪领？"
    assert "缴纳社会保险满3年" in _first(bot, asked)
    asked = "国家技术创新中心批下来，自治区一次性奖3000万就完了是吧？"
    assert "连续5年对国家技术创新中心每年给予不低于3000万元支持" in _first(bot, asked)


def test_the_first_time_is_not_the_second(bot: PolicyBot) -> None:
    assert _first(bot, "旗里高企首次认定奖20万对吧").startswith("不是：条文写的是“对再次获批或整体迁入")


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("市里D类人才安家补贴是200万对吧", "是：条文写的是拔尖人才（D类）：200万元安家补贴。"),
        ("请一位院士柔性当自治区政府特聘顾问，给30万科研费对吧？", "是：条文写的是“一次性给予30万元科研经费支持”。"),
        ("企业缴失业保险费率降到1%对吗", "已于2025年12月31日到期。"),  # it has ended
    ],
)
def test_a_premise_that_is_so_is_borne_out_unless_it_is_over(bot: PolicyBot, asked: str, verdict: str) -> None:
    assert _first(bot, asked) == verdict


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("研发补贴是15%吗？", "是"),  # the clause with a 15% is on the income tax
        ("Is the R&D subsidy 15%, right?", "Yes"),
        ("I heard the R&D subsidy is 15%, is that right?", "Yes"),  # by 15% a year grows a budget
    ],
)
def test_a_figure_is_not_borne_out_by_that_of_something_else(bot: PolicyBot, asked: str, opening: str) -> None:
    assert not _first(bot, asked).startswith(opening)


@pytest.mark.parametrize(
    "asked",
    [
        "Is it true that the corporate income tax rate is 15%?",
        "Is the rent subsidy for doctors RMB 2,000 a month, right?",
    ],
)
def test_a_figure_asked_in_english_is_borne_out(bot: PolicyBot, asked: str) -> None:
    assert _first(bot, asked) == "Yes, the clause says so."


@pytest.mark.parametrize(
    "asked",
    [
        "想申请自治区的公共海外仓支持，主要看什么指标？到2025年底全区打算有多少个？",
        "外资研发中心聘的外国高端专家办工作许可，材料一时不齐可以怎么办",
        "How long can an expat team member of a foreign R&D centre get a work residence permit for?",
    ],
)
def test_what_asks_something_else_gets_no_yes_or_no(bot: PolicyBot, asked: str) -> None:
    assert _first(bot, asked) == ""


@pytest.mark.parametrize(
    ("asked", "verdict", "difference"),
    [
        (
            "国家级和自治区级非遗传承人奖励差多少",
            "国家级更高：国家级10万元，自治区级5万元。",
            "推算：10万元-5万元=5万元。",
        ),
        (
            "技能提升补贴旗里高级和初级差多少",
            "高级（三级）更高：高级（三级）2000元，初级（五级）1000元。",
            "推算：2000元-1000元=1000元。",
        ),
    ],
)
def test_two_rows_of_one_clause_are_compared(bot: PolicyBot, asked: str, verdict: str, difference: str) -> None:
    answer = _answer(bot, asked)
    assert answer.sentences[0].text == verdict
    assert [one.text for one in answer.sentences if one.derived is not None] == [difference]


def test_the_closing_rule_of_the_document_is_found_where_the_answer_does_not_quote_it(bot: PolicyBot) -> None:
    said = _first(bot, "旗里高企奖补和科技型中小企业奖补可以叠加吗")
    assert said.startswith("交叉重复的不能都拿：")
    assert "从优，就高、不叠加" in said


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("旗里A类和B类安家补贴哪个高", "A类不低于B类：A类不低于300万元，B类最高300万元。"),
        ("市里和旗里给B类人才的安家补贴一样吗", "市不低于旗：市300万元，旗最高300万元。"),
    ],
)
def test_one_figure_with_two_bounds_is_not_the_same(bot: PolicyBot, asked: str, verdict: str) -> None:
    assert _first(bot, asked) == verdict


@pytest.mark.parametrize("asked", ["我们做单晶硅拉棒的，上限是58%吧？", "多晶硅企业新能源交易比例上限是58%对吧"])
def test_a_figure_is_not_borne_out_for_whom_the_sentence_leaves_out(bot: PolicyBot, asked: str) -> None:
    said = _first(bot, asked)
    assert said.startswith("不是")
    assert "42%" in said


def test_a_figure_is_borne_out_for_whom_the_same_sentence_names(bot: PolicyBot) -> None:
    assert _first(bot, "储能电池企业新能源交易比例上限是58%对吧").startswith("是：")


def test_what_a_clause_gives_on_top_goes_before_a_rule_on_one_levels_own_policies(bot: PolicyBot) -> None:
    said = _first(bot, "专精特新小巨人市旗各多少，可以两边拿吗")
    assert "在获得专项资金的基础上另外给予配套30%的资金支持" in said
    assert "没有写" in said


@pytest.mark.parametrize(
    "asked",
    ["规上，研发占营收4%，高企，市里给多少", "规上企业，研发投入占营业收入比例达到4%，市里给多少"],
)
def test_a_figure_of_ones_own_that_meets_the_threshold_is_no_premise(bot: PolicyBot, asked: str) -> None:
    answer = _answer(bot, asked)
    assert "不是" not in answer.body
    assert "最高500万元" in answer.body


def test_an_amount_above_what_is_exempt_is_told_of_the_rest(bot: PolicyBot) -> None:
    above = _first(bot, "技术转让所得800万要交所得税吗")
    assert above.startswith("看数额")
    assert "超过部分减半征收" in above
    assert _first(bot, "技术转让所得400万要交所得税吗").startswith("不需要")


def test_an_amount_above_the_ceiling_is_not_to_be_had(bot: PolicyBot) -> None:
    above = _first(bot, "入駐4個平台能拿8萬嗎")
    assert above.startswith("不可以，超過上限")
    assert "不超过5万元" in above
    assert not _first(bot, "入驻2个平台能拿4万吗").startswith("不可以")


def test_a_version_that_has_ended_is_found_behind_the_rules_of_its_year_in_english_too(bot: PolicyBot) -> None:
    answer = _answer(bot, "is the 2021 list still valid?")
    assert answer.sentences[0].text.startswith("No longer in force")
    assert "1 November 2024" in answer.body
    assert "enterprise income tax" not in answer.body


def test_a_rule_that_is_over_is_said_so_first_by_its_own_day(bot: PolicyBot) -> None:
    assert _first(bot, "穩崗返還現在還有效嗎").startswith("已於2024年12月31日到期")
    assert _first(bot, "2024年12月以前取得的证书，现在还能领吗").startswith("已于2024年12月31日到期")


@pytest.mark.parametrize("turns", [("工商业用气多少，非居民供热呢",), ("工商业用气多少", "非居民供热呢")])
def test_who_is_no_resident_is_not_told_the_price_of_residents(bot: PolicyBot, turns: tuple[str, ...]) -> None:
    answer = _answer(bot, *turns)
    assert "29.5元/平方米" in answer.body
    assert "14.5元" not in answer.body
