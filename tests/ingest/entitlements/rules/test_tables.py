"""Tables of grants and lists of prices: a record a column, a row of it for each row printed."""

from ingest.entitlements.rules.tables import columns, price_lists, tables
from ingest.entitlements.types import ReadableCondition, leaves
from ingest.types import Corpus


def test_each_column_of_money_is_a_grant_with_the_lead_in_s_words(county: Corpus) -> None:
    found = [column for table in tables(county.clauses) for column in columns(table) if table.lead is not None]
    by_name = {column.name: column for column in found}
    assert {"安家补贴", "生活补助", "奖励比例"} <= by_name.keys()
    settling = by_name["安家补贴"]
    assert (settling.amounts[0].object, settling.amounts[0].figure) == ("正高级职称人才、博士研究生", "30万元")
    assert settling.spans[0].startswith("按照下表执行")
    assert by_name["生活补助"].amounts[0].period == "每月"


def test_a_row_of_money_ranges_is_chosen_by_the_head_of_its_column(county: Corpus) -> None:
    (column,) = [c for table in tables(county.clauses) for c in columns(table) if c.name == "奖励比例"]
    assert [row.figure for row in column.amounts] == ["3%", "5%", "7%"]
    # 设备投资 is no investment as a whole, so the range is left to be checked by its words.
    assert [leaf for row in column.amounts for leaf in leaves(row.when) if isinstance(leaf, ReadableCondition)] == []


def test_prices_of_homes_are_apart_from_those_of_firms(county: Corpus) -> None:
    lists = [prices for prices in price_lists(county.clauses) if prices.name.endswith("水、电、气")]
    homes = [row.object for prices in lists if prices.households for row in prices.amounts]
    firms = [row.object for prices in lists if not prices.households for row in prices.amounts]
    assert homes == ["自来水（含污水处理费） 居民", "管道天然气 居民"]
    assert len(firms) == 8


def test_a_sentence_may_print_prices(county: Corpus) -> None:
    (land,) = [prices for prices in price_lists(county.clauses) if prices.name.endswith("土地")]
    assert [row.figure for row in land.amounts] == ["12.8万元/亩", "9.6万元/亩", "86万元/亩"]


def test_what_a_price_includes_is_no_price_of_its_own(compendium: Corpus) -> None:
    water = [prices for prices in price_lists(compendium.clauses) if "自来水" in prices.name]
    figures = sorted(row.figure for prices in water for row in prices.amounts)
    assert figures == ["10.4元/吨", "4.05元/吨", "8.9元/吨"]
    assert [prices.households for prices in water] == [False, True]
