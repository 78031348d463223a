from __future__ import annotations

from bot.granting.quantities import money_named, people_named, times_named


def test_the_latest_turn_that_names_one_counts() -> None:
    turns = ("学费一共资助了12万", "换成硕士资助4万呢", "找哪个部门办")
    assert [quantity.text for quantity in money_named(turns, monthly=False)] == ["4万"]


def test_money_paid_every_month_is_a_base_of_monthly_shares_only() -> None:
    assert money_named(("每月发2400元",), monthly=False) == []
    assert [quantity.value for quantity in money_named(("每月发2400元",), monthly=True)] == [2400]


def test_people_and_times_in_characters_and_figures() -> None:
    assert [(one.text, one.value) for one in people_named(("招聘十名毕业生，一个博士",))] == [("十名", 10)]
    assert [one.value for one in people_named(("hire 12 graduates",))] == [12]
    assert [(one.value, one.unit) for one in times_named(("领满三年",))] == [(3, "年")]
    assert [(one.value, one.unit) for one in times_named(("领36个月",))] == [(36, "月")]
    assert times_named(("2026年，三年后再说",)) == []  # a year of the calendar, and a time to come
