"""推算: a quantity of the question times a printed price, worked out exactly and said as what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose.draft import Draft
from bot.compose.estimates import quantities_of
from bot.pipeline import PolicyBot
from bot.types import Answered, Question
from bot.understand.reading import Reading
from bot.verify.arithmetic import is_factor, is_monthly, product_in_english, product_values, product_words
from bot.verify.grounding import grounded_estimate
from ingest.facts.benefits import find_benefits
from ingest.facts.figures import find_figures
from ingest.types import Bound, Clause, Figure, Span

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]

LAND = "基准价格：蒙苏经济技术开发区"
WATER = "工商业用水：10.4"
PATENTS = "对新获得授权的国际、国内发明专利"
TRANSFER = "给予成果出让单位到账金额或股权折算金额20%"
SPOUSE = "按照每月1000元标准给予生活补贴"
YEARLY_PAY = "税前年薪（或项目工资）"
POWER = "1-10KV：0.477"


def said(draft: Draft) -> list[str]:
    return [sentence.text for sentence in draft.sentences if sentence.derived is not None]


@pytest.mark.parametrize(
    ("question", "words", "estimates"),
    [
        ("我们厂一个月用5000吨水，水费多少钱", WATER, ["推算：5000吨×10.4元/吨=5.2万元。"]),
        ("空港物流园区买20亩地要多少钱", LAND, ["推算：20亩×8.27万元/亩（空港物流园区）=165.4万元。"]),
        # no place named: every price of the list, each with what it is for
        (
            "买80亩工业用地，按基准价多少钱",
            LAND,
            [
                "推算：80亩×6.53万元/亩（蒙苏经济技术开发区）=522.4万元。",
                "推算：80亩×8.27万元/亩（空港物流园区）=661.6万元。",
            ],
        ),
        ("国际发明专利授权5件，旗里一共奖多少", PATENTS, ["推算：5件×1万元/件（国际）=5万元。"]),
        ("专利授权5件，旗里奖多少", PATENTS, []),  # which of the two is not said
        ("成果转让到账300万，自治区奖学校多少", TRANSFER, ["推算：300万×20%=60万元。"]),
        ("配偶的生活补贴领满一共多少钱", SPOUSE, ["推算：24个月×每月1000元=最高2.4万元。"]),
        ("配偶的生活补贴每月多少钱", SPOUSE, []),
        ("厂里10千伏，一年用电1000万度，电费多少", POWER, ["推算：1000万度×0.477元/度=477万元。"]),
        ("厂里35千伏，一年用电1000万度，电费多少", POWER, []),
        ("厂里0.4千伏，一年用电100万度，电费多少", POWER, ["推算：100万度×0.504元/度=50.4万元。"]),
        ("厂里330千伏，一年用电1亿度，电费多少", "220千伏以上：0.394", ["推算：1亿度×0.394元/度=3940万元。"]),
        ("柔性引进专家，年薪100万，另给家属20万安家费，能补多少", YEARLY_PAY, ["推算：100万×30%=30万元。"]),
        ("柔性引进专家，投资100万，另给家属20万安家费，能补多少", YEARLY_PAY, []),
        ("一年收入100万，能补多少", "人均可支配收入达到", []),
        ("水价一吨多少钱", WATER, []),
        ("我们厂用水找哪个部门，5000吨", WATER, []),  # no amount is asked for
    ],
)
def test_what_can_be_worked_out_is(
    question: str, words: str, estimates: list[str], answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    _, draft = answer_from([question], [clause_with(words)])
    assert said(draft) == estimates
    assert draft.withheld == []


def test_english_and_traditional_questions_get_it_in_their_words(
    answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    _, english = answer_from(
        ["How much does it cost to buy 50 mu of industrial land?"], [clause_with("参考价格：20-25")]
    )
    assert said(english) == ["Estimate: 50 mu × 20-25万元/亩 = 1000-1250万元 (RMB 10 million to RMB 12.5 million)."]
    _, traditional = answer_from(["我們廠用5000噸水要多少錢"], [clause_with(WATER)])
    assert said(traditional) == ["推算：5000吨×10.4元/吨=5.2万元。"]


def test_an_estimate_tells_its_factors(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    clause = clause_with(WATER)
    _, draft = answer_from(["我们厂一个月用5000吨水，水费多少钱"], [clause])
    derived = next(sentence.derived for sentence in draft.sentences if sentence.derived is not None)
    assert (derived.text, derived.quantity, derived.unit_price.text) == ("5.2万元", "5000吨", "10.4元/吨")
    assert derived.unit_price.clause_id == clause.id


@pytest.mark.parametrize(
    ("text", "quantity", "price", "asked"),
    [
        ("推算：5000吨×10.4元/吨=5.3万元。", "5000吨", "10.4元/吨", "用5000吨水"),  # another product
        ("推算：5000吨×10.4元/吨=5.2万元。", "5000吨", "10.4元/吨", "用6000吨水"),  # a quantity nobody asked about
        ("推算：5000吨×10.5元/吨=5.25万元。", "5000吨", "10.5元/吨", "用5000吨水"),  # a price nobody printed
        ("推算：5000吨×2.5元=1.25万元。", "5000吨", "2.5元", "用5000吨水"),  # printed, but no price per unit
        ("推算：5000吨×10.4元/吨=5.2万元，另奖3万元。", "5000吨", "10.4元/吨", "用5000吨水"),  # something besides
    ],
)
def test_an_estimate_that_does_not_hold_is_withheld(
    text: str, quantity: str, price: str, asked: str, clause_with: ClauseWith
) -> None:
    factors = [find_figures(words)[0] for words in (quantity, price)]
    assert grounded_estimate(text, factors[0], factors[1], (1, clause_with(WATER)), asked) is None


def test_a_withheld_estimate_is_kept_aside(clause_with: ClauseWith, answer_from: AnswerFrom) -> None:
    clause = clause_with(WATER)
    _, draft = answer_from(["我们厂用水多少钱"], [clause])
    quantity, price = find_figures("5000吨")[0], find_figures("10.4元/吨")[0]
    draft.estimate("推算：5000吨×10.4元/吨=5.2万元。", quantity, price, clause, "没有数量")
    assert draft.withheld == ["推算：5000吨×10.4元/吨=5.2万元。"]


@pytest.mark.parametrize(
    ("asked", "quantities"),
    [
        ("买80亩地", [("80亩", "亩")]),
        ("400平的饭店", [("400平", "平方米")]),
        ("每月3万方气", [("3万方", "立方米")]),
        ("3个方面，20平均", [("3个", "个")]),
        ("一亩多少钱", []),
    ],
)
def test_quantities_are_read_as_people_say_them(asked: str, quantities: list[tuple[str, str]]) -> None:
    assert [(f.text, f.unit) for f in quantities_of(asked) if f.unit] == quantities


amounts = st.decimals(min_value="0.01", max_value="100000000", places=2)


def figure(value: Decimal, unit: str, period: str | None = None, bound: Bound = Bound.EXACT) -> Figure:
    return Figure("", Span(0, 0), value, unit, bound=bound, period=period)


@given(amounts, amounts)
def test_products_are_exact_and_read_back_as_they_were(quantity: Decimal, price: Decimal) -> None:
    times, per = figure(quantity, "亩"), figure(price, "元/亩")
    least, most = product_values(times, per)
    assert (least, most) == (quantity * price, None)
    (read,) = find_figures(product_words(times, per))
    assert (read.value, read.unit) == (least, "元")


@given(amounts)
def test_a_rate_takes_its_share(amount: Decimal) -> None:
    assert product_values(figure(amount, "元"), figure(Decimal(20), "%"))[0] * 5 == amount


@pytest.mark.parametrize(
    ("quantity", "price", "words"),
    [
        (figure(Decimal(2), "年"), figure(Decimal(3000), "元", "每月"), "7.2万元"),
        (figure(Decimal(24), "月", bound=Bound.AT_MOST), figure(Decimal(1000), "元", "每月"), "最高2.4万元"),
        (figure(Decimal(30000), "立方米", "每月"), figure(Decimal("3.06"), "元/立方米"), "每月9.18万元"),
        (figure(Decimal(20000), "亩"), figure(Decimal(65300), "元/亩"), "13.06亿元"),
        (figure(Decimal(3), "件"), figure(Decimal(300), "元/件", bound=Bound.AT_LEAST), "不低于900元"),
        (figure(Decimal(500), "平方米"), figure(Decimal(140), "元/平方米", "每平方米每年"), "每年7万元"),
        (figure(Decimal(500), "平方米"), figure(Decimal(12), "元/平方米", "/平方米·月"), "每月6000元"),
    ],
)
def test_how_a_product_is_said(quantity: Figure, price: Figure, words: str) -> None:
    assert is_factor(price)
    assert product_words(quantity, price) == words


def test_small_products_have_no_english_gloss() -> None:
    assert product_in_english(figure(Decimal(3), "件"), figure(Decimal(300), "元/件")) == ""
    assert not is_monthly(figure(Decimal(300), "元", "每年"))
    assert not is_factor(figure(Decimal(300), "元"))


@pytest.mark.parametrize(("beyond", "count"), [("", 1), ("超出部分", 0)])
def test_what_is_paid_beyond_a_quantity_is_not_worked_out_for_all_of_it(
    beyond: str, count: int, invented: ClauseWith, answer_from: AnswerFrom
) -> None:
    clause = invented(f"对工业企业用水，{beyond}按照0.12元/吨给予优惠。")
    clause = replace(clause, benefits=find_benefits(clause.text, clause.figures))
    _, draft = answer_from(["工业企业用水600吨优惠多少钱"], [clause])

    assert len(said(draft)) == count


def test_each_quantity_is_of_the_thing_behind_it_and_what_is_not_counted_is_named(bot: PolicyBot) -> None:
    asked = "1件国际专利、3件国内专利和1个地理标志证明商标，一共能拿多少"
    answer = bot.ask(Question((asked,), date(2026, 11, 22)))
    assert isinstance(answer, Answered)
    assert [one.text for one in answer.sentences if one.derived] == ["推算：3件×3000元/件（国内）=9000元。"]
    assert "未计入：1件国际专利、1个地理标志证明商标。" in answer.body
    whole = bot.ask(Question(("2件国际发明专利和3件国内发明专利，一共能拿多少",), date(2026, 11, 22)))
    assert isinstance(whole, Answered)
    assert "2.9万元" in whole.body
    assert "未计入" not in whole.body
