"""Figures: real lines of the compendium, one quirk a row; then what must hold for any text."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts.figures import canonical, find_figures, same_figure, supports
from ingest.types import Bound, Figure


def only(text: str) -> Figure:
    found = find_figures(text)
    assert len(found) == 1, [figure.text for figure in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("给予 30 万元科研经费补助", "30 万元", "300000", "元"),
        ("年产销煤炭 2.03 亿吨", "2.03 亿吨", "203000000", "吨"),
        ("给予3百万元支持", "3百万元", "3000000", "元"),
        ("给予三百万元支持", "三百万元", "3000000", "元"),
        ("投入 1亿5000万元", "1亿5000万元", "150000000", "元"),
        ("补助 30,000 元", "30,000 元", "30000", "元"),
        ("补助 ３００ 万元", "３００ 万元", "3000000", "元"),
        ("达到 1万美元的", "1万美元", "10000", "美元"),
        ("￥3000", "￥3000", "3000", "元"),
        ("人民币 300 万元", "人民币 300 万元", "3000000", "元"),
        ("二档0.465元", "0.465元", "0.465", "元"),
        ("供热：14.5 元/平方米", "14.5 元/平方米", "14.5", "元/平方米"),
        ("0.2810 元/度", "0.2810 元/度", "0.2810", "元/度"),
        ("1万元/件", "1万元/件", "10000", "元/件"),
        ("减按 15%的税率", "15%", "15", "%"),
        ("减按百分之十五的税率", "百分之十五", "15", "%"),
        ("提高50个百分点", "50个百分点", "50", "百分点"),
        ("按照一个百分点的利差", "一个百分点", "1", "百分点"),
        ("奖金额度的 5倍", "5倍", "5", "倍"),
        ("财政投入资金 1:1 的比例", "1:1", "1", "比"),
        ("支付 12 个月的病残津贴", "12 个月", "12", "月"),
        ("对连续两年入库的", "两年", "2", "年"),
        ("5个工作日的公示", "5个工作日", "5", "工作日"),
        ("复查鉴定的 60 日后", "60 日", "60", "日"),
        ("辖 7个镇", "7个", "7", "个"),
        ("每年提供 100 套", "100 套", "100", "套"),
        ("商务部等 7 部门关于", "7 部门", "7", "部门"),
        ("面积 5600 平方公里", "5600 平方公里", "5600", "平方公里"),
        ("100 ㎡的限价住房", "100 ㎡", "100", "平方米"),
        ("12 万平米人才服务", "12 万平米", "120000", "平方米"),
        ("110KV：", "110KV", "110", "千伏"),
        ("220 千伏", "220 千伏", "220", "千伏"),
        ("打造“100GW 光伏”", "100GW", "100", "GW"),
        ("不满三周岁的子女", "三周岁", "3", "周岁"),
        ("世界排名前 100 名国外", "前 100 名", "100", "前…名"),
        ("担任世界 500 强企业", "500 强", "500", "强"),
        ("居全国第 20 位", "第 20 位", "20", "第…位"),
        ("第 4年减半征收", "第 4年", "4", "第…年"),
        ("给予最高 30 万补贴", "30 万", "300000", "元"),
        ("常住人口 25 万", "25 万", "250000", ""),
        ("按日加收万分之五的滞纳金", "万分之五", "5", "‱"),
        ("年费率不高于千分之二点五", "千分之二点五", "2.5", "‰"),
        ("按百分之零点五收取", "百分之零点五", "0.5", "%"),
        ("报销比例达到百分之百", "百分之百", "100", "%"),
        ("贴息比例为三成", "三成", "30", "%"),
        ("地价按底价的八五折执行", "八五折", "85", "%"),
        ("LPR减五十个基点", "五十个基点", "50", "基点"),
        ("LPR+50BP", "50BP", "50", "基点"),
        ("总投资1亿5000万", "1亿5000万", "150000000", ""),
        ("按一点五倍计算", "一点五倍", "1.5", "倍"),
        ("投资二点五万元", "二点五万元", "25000", "元"),
        ("补助叁佰万元整", "叁佰万元", "3000000", "元"),
        ("担保金额为叁佰万圆", "叁佰万圆", "3000000", "元"),
        ("合计壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角", "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角", "12345678.9", "元"),
        ("期限叁年", "叁年", "3", "年"),
        ("補助三萬元", "三萬元", "30000", "元"),
        ("投资2千3百万元", "2千3百万元", "23000000", "元"),
        ("每件收2元5角", "2元5角", "2.5", "元"),
        ("每张收一角五分", "一角五分", "0.15", "元"),
        ("每度降5分钱", "5分钱", "0.05", "元/度"),
        ("补5分/千瓦时", "5分/千瓦时", "0.05", "元/千瓦时"),
        ("每千瓦时再补5分", "5分", "0.05", "元/千瓦时"),
        ("硕士研究生学历（30分）", "30分", "30", "分"),
        ("综合评价达到八十分的", "八十分", "80", "分"),
        ("获市级表彰的加十分", "十分", "10", "分"),
        ("不少于25学分", "25学分", "25", "学分"),
        ("厂房100m2", "100m2", "100", "平方米"),
        ("运费1.2元/吨·公里", "1.2元/吨·公里", "1.2", "元/吨·公里"),
        ("航线20元/架次", "20元/架次", "20", "元/架次"),
    ],
)
def test_what_is_printed_is_read(text: str, printed: str, value: str, unit: str) -> None:
    figure = only(text)
    assert (figure.text, figure.value, figure.unit) == (printed, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "printed", "low", "high", "unit"),
    [
        ("提供 10 万元—300万元的担保贷款", "10 万元—300万元", "100000", "3000000", "元"),
        ("给予 50 万至 200 万元科研经费", "50 万至 200 万元", "500000", "2000000", "元"),
        ("给予 5 万—40 万元安家补贴", "5 万—40 万元", "50000", "400000", "元"),
        ("参考价格：20-25 万元/亩", "20-25 万元/亩", "200000", "250000", "元/亩"),
        ("0.29—0.33 元/度", "0.29—0.33 元/度", "0.29", "0.33", "元/度"),
        ("补助 5000-1万元", "5000-1万元", "5000", "10000", "元"),
        ("分 3至 5年拨付", "3至 5年", "3", "5", "年"),
        ("示范区 3 至 4 个", "3 至 4 个", "3", "4", "个"),
        ("1-10KV：", "1-10KV", "1", "10", "千伏"),
        ("行动计划 2022-2025 年", "2022-2025 年", "20220000", "20250000", "日期"),
        ("厂房租金每平方米每年140—160元", "140—160元", "140", "160", "元/平方米"),
        ("百分之十至二十", "百分之十至二十", "10", "20", "%"),
        ("得分60—80分的", "60—80分", "60", "80", "分"),
    ],
)
def test_a_range_is_one_figure(text: str, printed: str, low: str, high: str, unit: str) -> None:
    figure = only(text)
    assert (figure.text, figure.value, figure.upper, figure.unit) == (printed, Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "units", "periods"),
    [
        ("标准厂房租金为每平方米每年150元", ["元/平方米"], ["每平方米每年"]),
        ("租金12元/平方米·月", ["元/平方米"], ["/平方米·月"]),
        ("每年按每亩500元给予补贴", ["元/亩"], ["每年按每亩"]),
        ("每亩年租金300元", ["元/亩"], ["每亩年"]),
        ("每吨给予50元运费补贴", ["元/吨"], ["每吨"]),
        ("每吨分别补贴5元、6元", ["元/吨", "元/吨"], ["每吨", "每吨"]),
        ("分别为5元、6元/吨", ["元/吨", "元/吨"], [None, None]),
        # the second is for all of it
        ("每亩补贴500元、单户最高30万元", ["元/亩", "元"], ["每亩", None]),
        ("每吨级泊位奖励100元", ["元"], [None]),
        ("每户每年500元", ["元"], ["每户每年"]),
        ("每张床位每月补助200元", ["元"], ["每张床位每月"]),
        ("每台奖励2万元", ["元"], ["每台"]),
    ],
)
def test_what_money_is_given_for_each_of_is_kept(text: str, units: list[str], periods: list[str | None]) -> None:
    found = find_figures(text)
    assert [figure.unit for figure in found] == units
    assert [figure.period for figure in found] == periods


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        ("设施农业\t3\t年", []),
        ("工业用水\t9.80\t元", []),
        ("1000—3000\t2%\t1.5%", ["2%", "1.5%"]),
        ("2025年\t3月", ["2025年", "3月"]),
        ("甲类\t30万元\t10\t万元", ["30万元"]),
        ("3\tyears", []),
    ],
)
def test_no_figure_crosses_a_cell(row: str, printed: list[str]) -> None:
    assert [figure.text for figure in find_figures(row)] == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2025年2月31日前给予30万元", ["30万元"]),
        ("2025年13月兑现", []),
        ("至二〇二五年四月三十一日", []),
        ("每年2月29日", ["2月29日"]),
        ("2024 年 2 月 29 日", ["2024 年 2 月 29 日"]),
        ("2025 年 2 月 29 日", []),
        ("叁佰贰仟万元", []),  # no number is written so
        ("3百2百万元", []),
    ],
)
def test_a_day_or_number_that_cannot_be_is_no_figure(text: str, printed: list[str]) -> None:
    assert [figure.text for figure in find_figures(text)] == printed


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "９",
        "一",
        "壹",
        "壹佰",
        "1,",
        "1.",
        "一点",
        "零点",
        "1百2十",
        "百分之",
        "5分",
        "2元5角",
        "每亩",
        "3\t",
        "1:",
    ],
)
def test_a_line_without_end_is_read_and_gives_no_monstrous_number(piece: str) -> None:
    found = find_figures(f"给予{piece * 10_000}万元")
    assert all(abs(figure.value) < Decimal(10) ** 40 for figure in found)
    assert all(len(figure.text) < 80 for figure in found)


def test_no_range_across_units() -> None:
    assert [figure.text for figure in find_figures("增加 10 家到 2025 年")] == ["10 家", "2025 年"]


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("至 2030 年 12 月 31 日止", "2030 年 12 月 31 日", 20301231),
        ("至 2025 年底", "2025 年底", 20250000),
        ("2024年解决", "2024年", 20240000),
        ("2024 年 4月", "2024 年 4月", 20240400),
        ("2024-11-01 起", "2024-11-01", 20241101),
        ("二〇二五年一月一日", "二〇二五年一月一日", 20250101),
        ("将每年 8月确定为", "8月", 800),
        ("12 月 31 日", "12 月 31 日", 1231),
    ],
)
def test_dates(text: str, printed: str, value: int) -> None:
    figure = only(text)
    assert (figure.text, figure.value, figure.unit) == (printed, value, "日期")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("单户最高不超 500 万元", Bound.AT_MOST),
        ("最高奖补 500 万元", Bound.AT_MOST),
        ("最高年薪 60 万元（税前）", Bound.AT_MOST),
        ("交易比例上限提高至 58%", Bound.AT_MOST),
        ("年应纳税所得额低于 100万元", Bound.AT_MOST),
        ("不满 1千伏", Bound.AT_MOST),
        ("未超过 2年的", Bound.AT_MOST),
        ("30人（含）以下的参保企业", Bound.AT_MOST),
        ("实行 6小时内放行", Bound.AT_MOST),
        ("最长补贴 10 年", Bound.AT_MOST),
        ("不低于 1000 万元支持", Bound.AT_LEAST),
        ("缴纳社会保险满3年", Bound.AT_LEAST),
        ("2人（含）以上其他劳动者", Bound.AT_LEAST),
        ("60万元及以上", Bound.AT_LEAST),
        ("占比大于 60%", Bound.AT_LEAST),
        ("至少 3项高水平", Bound.AT_LEAST),
        ("累计投资 50 多亿元", Bound.AT_LEAST),
        ("储量约 560 亿吨", Bound.ABOUT),
        ("选拔 50 名左右", Bound.ABOUT),
        ("给予 20 万元奖补", Bound.EXACT),
        ("20 万元国内设备", Bound.EXACT),
        ("up to RMB 3 million", Bound.AT_MOST),
        ("no less than 5 years", Bound.AT_LEAST),
        ("no more than 5 years", Bound.AT_MOST),
    ],
)
def test_the_words_beside_a_figure_bound_it(text: str, bound: Bound) -> None:
    assert only(text).bound is bound


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("每人每年给予 2000 元养老补贴", "每人每年"),
        ("按照每月 1000 元标准", "每月"),
        ("一次性给予 20 万元", "一次性"),
        ("给予 1万元一次性奖励", "一次性"),
        ("3万元的一次性奖励", "一次性"),
        ("按 3000 元/人·月给予", "/人·月"),
        ("最高 30 万元/年岗位特聘补贴", "/年"),
        ("享受200 万元—300 万元年薪", "年薪"),
        ("给予 20 万元奖补", None),
        ("每年开展活动，给予 20 万元奖补", None),
        ("RMB 3,000 per month", "per month"),
    ],
)
def test_how_often(text: str, period: str | None) -> None:
    assert only(text).period == period


def test_a_row_shares_bound_and_period() -> None:
    row = find_figures("分别给予最高 200 万元、150 万元、50 万元一次性奖励")
    assert {figure.bound for figure in row} == {Bound.AT_MOST}
    assert {figure.period for figure in row} == {"一次性"}


@pytest.mark.parametrize(
    "text",
    [
        "《国务院关于…的意见》（国发〔2023〕11号）",
        "（内政办发 〔2022〕19 号）",
        "财政部 税务总局 国家发展改革委公告 2020 年第 23 号",
        "商务部令2019年第2号",
        "按第三条规定执行",
        "第十四条 本办法",
        "第 10 次委务会议",
        "1.支持",
        "（一）加强",
        "（1）具有海内外",
        "12.完善",
        "“一带一路”沿线",
        "“四科”标准",
        "“十四五”期间",
        "“双一流”建设高校",
        "给予一次性奖励",
        "5G 基站",
        "跨境电商 B2B、B2C 与 O2O",
        "G306 线",
        "“4+8+N”主体",
        "“人才新政 2.0 版”",
        "《外商投资准入负面清单（2024 年版）》",
        "2021 年版清单",
        "《三年成长计划（2023—2025）》",
        "一至四类人才",
        "“两代表一委员”",
        "“一事一议”方式",
        "三元锂电池",
        "数百万元",
        "万吨氢能装备",
        "每半场",
        "一级重点学科，二等奖",
        "五类、六类人才",
        "“十百千万”人才科创工程",
        "十分重要",
        "上午9点30分",
        "十点三十分",
        "资金分年拨付，分期到位",
        "人才队伍年轻化",
        "收拾行装",
        "三成员单位",
        "长三角地区",
        "工作转折点",
        "两点要求",
        "编号" + "9" * 60,
    ],
)
def test_what_only_names_something_is_no_figure(text: str) -> None:
    assert find_figures(text) == ()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2.2022 年底前，基本完成", ["2022 年底"]),
        ("2.03 亿吨煤炭", ["2.03 亿吨"]),
        ("3.5 万元", ["3.5 万元"]),
        ("。4.中介组织给予 30 万元", ["30 万元"]),
        ("低于 100万元（含 100 万元）的", ["100万元", "100 万元"]),
        ("自 2021 年 1 月 1 日至 2025 年 12 月 31 日", ["2021 年 1 月 1 日", "2025 年 12 月 31 日"]),
        ("累计缴费年限满 5年以上的，每多缴费 1年（不满 1年按 1年计算）", ["5年", "1年", "1年", "1年"]),
    ],
)
def test_figures_among_labels_and_brackets(text: str, printed: list[str]) -> None:
    assert [figure.text for figure in find_figures(text)] == printed


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit"),
    [
        ("RMB 3 million", "3000000", None, "元"),
        ("CNY 300,000", "300000", None, "元"),
        ("30,000 yuan", "30000", None, "元"),
        ("RMB 1-3 million", "1000000", "3000000", "元"),
        ("RMB 500,000 to 2 million", "500000", "2000000", "元"),
        ("between RMB 1 million and RMB 3 million", "1000000", "3000000", "元"),
        ("USD 5 million", "5000000", None, "美元"),
        ("15 percent", "15", None, "%"),
        ("50 percentage points", "50", None, "百分点"),
        ("three years", "3", None, "年"),
        ("36 months", "36", None, "月"),
        ("30 working days", "30", None, "工作日"),
        ("December 31, 2030", "20301231", None, "日期"),
        ("1 January 2025", "20250101", None, "日期"),
        ("until 2025", "20250000", None, "日期"),
        ("the top 100 universities", "100", None, "前…名"),
        ("Fortune Global 500", "500", None, "强"),
    ],
)
def test_english(text: str, value: str, upper: str | None, unit: str) -> None:
    figure = only(text)
    assert (figure.value, figure.upper, figure.unit) == (Decimal(value), Decimal(upper) if upper else None, unit)


def test_an_english_and_joins_two_amounts() -> None:
    found = find_figures("RMB 3 million, RMB 2.5 million and RMB 800,000 respectively")
    assert [(figure.value, figure.upper) for figure in found] == [(3_000_000, None), (2_500_000, None), (800_000, None)]


def test_two_joined_amounts_begin_where_they_are_printed_behind_letters_that_grow_in_lower_case() -> None:
    found = find_figures("İ gives RMB 1 million and RMB 800,000")
    assert [figure.text for figure in found] == ["RMB 1 million", "RMB 800,000"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("300万元", "3百万元"),
        ("300 万", "三百万元"),
        ("RMB 3 million", "300 万元"),
        ("0.03亿元", "300万元"),
        ("15%", "百分之十五"),
        ("15 percent", "15%"),
        ("2年", "两年"),
        ("two years", "2 年"),
        ("December 31, 2030", "2030 年 12 月 31 日"),
        ("2025 年底", "2025 年 12 月 31 日"),
        ("1000 元/人", "1000 元"),
        ("每月 1500 元", "1500 元/月"),
        ("100 名", "100 人"),
        ("10 万元—300万元", "10-300 万元"),
        ("110KV", "110 千伏"),
        ("叁佰万元", "300万元"),
        ("万分之五", "0.05%"),
        ("千分之八", "0.8%"),
        ("50个基点", "0.5个百分点"),
        ("八五折", "85%"),
        ("3角5分", "0.35元"),
        ("每平方米每年140元", "140元/平米·年"),
        ("每吨50元", "50元"),
        ("0.28元/度", "0.28元/千瓦时"),
    ],
)
def test_the_same_said_otherwise(a: str, b: str) -> None:
    assert same_figure(only(a), only(b))
    assert same_figure(only(b), only(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("300 万元", "30 万元"),
        ("两年", "24 个月"),
        ("1500 元/月", "1500 元/年"),
        ("20 万元/亩", "20 万元/件"),
        ("5 家", "5 年"),
        ("15%", "15 个百分点"),
        ("最高 30 万元", "不低于 30 万元"),
        ("300 万元", "300 万美元"),
        ("2025 年", "2026 年"),
        ("10 万元—300万元", "300 万元"),
        ("万分之五", "千分之五"),
        ("5分", "5分钱"),
        ("每平方米每年140元", "140元/平方米·月"),
        ("每吨50元", "50元/亩"),
    ],
)
def test_different_figures(a: str, b: str) -> None:
    assert not same_figure(only(a), only(b))


@pytest.mark.parametrize(
    ("printed", "claimed", "borne_out"),
    [
        ("2030 年 12 月 31 日", "2030 年", True),
        ("2030 年 12 月 31 日", "2030 年 12 月", True),
        ("2030 年", "2030 年 12 月 31 日", False),
        ("50 万至 200 万元", "最高 200 万元", True),
        ("50 万至 200 万元", "不低于 50 万元", True),
        ("50 万至 200 万元", "200 万元", False),
        ("50 万至 200 万元", "最高 50 万元", False),
        ("30 万元", "30万", True),
    ],
)
def test_a_printed_figure_bears_out_a_claim(printed: str, claimed: str, borne_out: bool) -> None:
    assert supports(only(printed), only(claimed)) is borne_out


def test_canonical_forgets_the_way_of_printing() -> None:
    assert canonical(only("3000 元/人·月")) == canonical(only("每人每月 3000 元"))


PRINTED = st.text(
    st.sampled_from(
        "0123456789٣𝟐५①½.,，%％/ 万亿千百十元年月日个家名至—-一二两三四五六七八九〇（）()《》〔〕第前强KVRMBto 最高不超过以上内。半"
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), PRINTED))
def test_any_text_gives_disjoint_spans_that_slice_to_their_figures(text: str) -> None:
    found = find_figures(text)
    assert found == find_figures(text)
    end = 0
    for figure in found:
        assert figure.text
        assert figure.span.of(text) == figure.text
        assert figure.span.start >= end
        assert figure.upper is None or figure.upper > figure.value
        assert same_figure(figure, figure)
        end = figure.span.end
