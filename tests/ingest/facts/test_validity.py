"""What is printed about time: terms, ends, and the target years that end nothing."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts.validity import find_validity, statements, validity_of_title
from ingest.types import Standing, Validity

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("自 2021 年 1 月 1 日至 2025 年 12 月 31 日，对小型微利企业免征", date(2021, 1, 1), date(2025, 12, 31)),
        ("一、自 2021 年 1 月 1 日至 2030 年 12 月 31 日，减按 15%", date(2021, 1, 1), date(2030, 12, 31)),
        ("政策延续实施一年，执行期限至 2025 年 12 月 31 日。", None, date(2025, 12, 31)),
        ("政策执行期限至 2024 年 12月 31 日。", None, date(2024, 12, 31)),
        ("继续实施阶段性降低失业、工伤保险费率政策至 2025 年底，对不裁员", None, date(2025, 12, 31)),
        ("从 2024 年到 2026 年，联合组织实施培育计划。", date(2024, 1, 1), date(2026, 12, 31)),
        ("到 2027 年，自治区每年通过专项资金对重点项目给予资金支持", None, date(2027, 12, 31)),
        ("“十四五”期间每年给予最高 1000 万元补贴。", date(2021, 1, 1), date(2025, 12, 31)),
        ("“十五五”期间每年安排 500 万元。", date(2026, 1, 1), date(2030, 12, 31)),
        ("本办法自 2025 年 1 月 1 日起实施。", date(2025, 1, 1), None),
        ("现予发布，自 2024 年 11 月 1 日起施行。", date(2024, 11, 1), None),
        ("本公告自 2021 年 1 月 1 日起执行。", date(2021, 1, 1), None),
        ("本办法自 2025 年 1 月 1 日起施行，有效期 5 年。", date(2025, 1, 1), date(2029, 12, 31)),
        ("本办法自2025年3月1日起施行。有效期两年。", date(2025, 3, 1), date(2027, 2, 28)),
        ("本通知有效期至 2026 年 6 月。", None, date(2026, 6, 30)),
        ("该政策延长至2027年12月31日。", None, date(2027, 12, 31)),
    ],
)
def test_terms(text: str, begins: date | None, ends: date | None) -> None:
    found = find_validity(text)
    assert (found.valid_from, found.valid_until, found.target_years) == (begins, ends, ())
    assert found.quotes


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("到 2025 年，国家级高新技术产业开发区达到 5家", (2025,)),
        ("力争到 2025 年，科技型中小企业达到 4000 家", (2025,)),
        ("力争2024年为沿黄盟市解决5000万立方米工业用水指标。", (2024,)),
        ("2022 年底前，基本完成跨境电子商务综合试验区建设", (2022,)),
        ("到 2024 年底，装配式建筑面积占比力争达到 25%。", (2024,)),
        ("到“十四五”末，力争全市实现“清零”。", (2025,)),
        ("每年可动态调整，逐步提高竞争力，力争到 2025 年，出口业务达到一定规模。", (2025,)),
        ("给予一次性支持和奖励。到 2025 年，基地达到 2至 3个。", (2025,)),
    ],
)
def test_a_target_year_never_ends_anything(text: str, years: tuple[int, ...]) -> None:
    found = find_validity(text)
    assert found.valid_until is None
    assert found.target_years == years
    assert found.standing(TODAY) is Standing.UNSTATED


@pytest.mark.parametrize(
    "text",
    [
        "2021 年 12 月 27 日发布的 2021 年版《外商投资准入负面清单》自 2024 年 11 月 1 日起废止。",
        "《意见》（厅发〔2011〕64号）自本意见印发之日起同时废止，与本意见不一致的以本意见为准。",
        "《通知》（财税〔2013〕4 号）中的企业所得税政策规定自 2021 年 1 月 1 日起停止执行。",
        "病退政策从本办法实施之日起停止执行。",
        "组织盟市和企业申报 2024 年国家商贸流通专项标准化试点。",
        "专项资金预算在 2021 年基数上，连续三年按 15%递增；",
        "申请不超过 5 年的工作类居留许可。",
        "完全丧失劳动能力鉴定结论一年内有效。",
        "为海外人才办理有效期 5 年的居留许可，实施便利化措施。",
        "深入实施《小微企业个体工商户三年成长计划（2023—2025）》。",
        "《国务院关于…的意见》（国发〔2023〕11号）",
        "给予 30 万元奖补。",
        "",
    ],
)
def test_other_dates_say_nothing_of_this_clause(text: str) -> None:
    assert find_validity(text) == Validity()


def test_a_trial_year_without_a_day_of_issue_is_undetermined() -> None:
    found = find_validity("本政策自发布之日起试行，试行期一年。")
    assert found.undetermined == "试行期一年"
    assert found.valid_until is None
    assert found.standing(TODAY) is Standing.UNDETERMINED


def test_a_trial_year_is_counted_out_when_the_day_of_issue_is_known() -> None:
    found = find_validity("本政策自发布之日起试行，试行期一年。", issued=date(2024, 5, 10))
    assert (found.valid_from, found.valid_until, found.undetermined) == (date(2024, 5, 10), date(2025, 5, 9), None)


def test_in_force_from_an_unknown_day() -> None:
    text = "本方案政策措施自发布之日起 30 日后施行，由市人民政府解释。"
    (statement,) = statements(text)
    assert statement.from_issue == "自发布之日起 30 日后施行"
    assert (statement.valid_from, statement.valid_until) == (None, None)
    assert find_validity(text, issued=date(2021, 6, 1)).valid_from == date(2021, 7, 1)


def test_repeal_of_this_document() -> None:
    assert find_validity("本办法已于 2025 年废止。").standing(TODAY) is Standing.REPEALED


@pytest.mark.parametrize(
    ("title", "ends"),
    [
        ("内蒙古自治区加快推进跨境电子商务发展行动计划（2022-2025 年）", date(2025, 12, 31)),
        ("三年成长计划（2023—2025）", date(2025, 12, 31)),
        ("发展规划（2021年至2030年）", date(2030, 12, 31)),
        ("外商投资准入特别管理措施（负面清单）（2024 年版）", None),
        ("企业职工基本养老保险病残津贴暂行办法", None),
    ],
)
def test_years_in_a_title(title: str, ends: date | None) -> None:
    assert validity_of_title(title).valid_until == ends


MIXED = (
    "自 2021 年 1 月 1 日至 2025 年 12 月 31 日，对小型微利企业免征企业所得税地方分享部分。"
    "车船税按照现行适用税额的 50%征收。"
)


def test_a_sentence_is_judged_by_its_own_statement() -> None:
    (statement,) = statements(MIXED)
    assert statement.span.of(MIXED).endswith("地方分享部分。")
    assert not statement.governs_clause
    assert find_validity(MIXED).standing(TODAY) is Standing.EXPIRED


def test_a_statement_on_the_policy_governs_the_sentences_around_it() -> None:
    text = "大型企业按不超过 30%返还，中小微企业按不超过 60%返还。政策执行期限至 2024 年 12月 31 日。"
    (statement,) = statements(text)
    assert statement.governs_clause
    assert statement.valid_until == date(2024, 12, 31)


def test_of_several_ends_the_latest_speaks_for_the_clause() -> None:
    found = find_validity("甲政策执行期限至 2024 年 12 月 31 日。乙政策执行期限至 2027 年 12 月 31 日。")
    assert found.valid_until == date(2027, 12, 31)


def test_exactly_six_entitlements_of_the_compendium_are_past() -> None:
    corpus = Path(__file__).parents[3] / "corpus" / "伊金霍洛旗投资政策汇编.txt"
    text = "".join(line.strip() for line in corpus.read_text("utf-8").split("\n"))
    past = [found for found in statements(text) if found.valid_until is not None and found.valid_until < TODAY]
    printed = ["".join(found.quote.of(text).split()).rstrip("，") for found in past]
    assert printed == [
        "自2021年1月1日至2025年12月31日",
        "继续实施阶段性降低失业、工伤保险费率政策至2025年底",
        "延续实施一年，执行期限至2025年12月31日",
        "执行期限至2024年12月31日",
        "执行期限至2024年12月31日",
        "“十四五”期间",
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.sampled_from("自从到至年月日2025013起施行执期限有效本办法政策每给予达“十四五”末间废止，。；《》"),
        max_size=60,
    )
)
def test_any_text(text: str) -> None:
    for statement in statements(text):
        assert statement.span.contains(statement.quote)
        assert statement.quote.of(text)
    assert find_validity(text) == find_validity(text)
