"""From and until in the wordings of closing articles, and what must not be taken for them."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.facts.validity import find_validity, statements

ISSUED = date(2024, 5, 10)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("本办法自2025年4月1日起施行，至2028年3月31日止。", "2025-04-01", "2028-03-31"),
        ("本办法自2025年4月1日起施行，有效期至2028年3月31日。", "2025-04-01", "2028-03-31"),
        ("本通知自2025年4月1日起施行，实施期至2027年12月31日。", "2025-04-01", "2027-12-31"),
        ("本政策自2025年4月1日起执行，2027年12月31日废止。", "2025-04-01", "2027-12-31"),
        ("本政策自2025年4月1日起施行，至2027年12月31日自动失效。", "2025-04-01", "2027-12-31"),
        ("本办法自2025年1月1日起施行，至12月31日止。", "2025-01-01", "2025-12-31"),
        ("自2025年1月1日起实施，执行至2027年底。", "2025-01-01", "2027-12-31"),
        ("本措施自2025年1月1日起施行，暂定三年。", "2025-01-01", "2027-12-31"),
        ("本措施自2025年1月1日起施行，为期三年。", "2025-01-01", "2027-12-31"),
        ("本措施自2025年1月1日起实施，期限三年。", "2025-01-01", "2027-12-31"),
        ("本办法自2025年1月1日起试行，试行两年。", "2025-01-01", "2026-12-31"),
        ("本办法自2025年1月1日起施行三年。", "2025-01-01", "2027-12-31"),
        ("本办法有效期自2025年1月1日起三年。", "2025-01-01", "2027-12-31"),
        ("本措施自2025年1月1日起施行，有效期限暂定3年。", "2025-01-01", "2027-12-31"),
        ("本措施从2024年10月1日起执行，执行期五年，由县委负责解释。", "2024-10-01", "2029-09-30"),
        ("本办法自2025年7月1日起施行，试行期（自施行之日起）两年。", "2025-07-01", "2027-06-30"),
        ("本政策有效期为2024年1月1日至2026年12月31日。", "2024-01-01", "2026-12-31"),
        ("本办法自二〇二四年七月一日起施行，有效期至二○二六年六月三十日。", "2024-07-01", "2026-06-30"),
        ("第１２条　本办法自２０２５年３月１日起施行，有效期至２０２８年２月２９日。", "2025-03-01", "2028-02-29"),
        ("本办法自2026年1月1日起废止。", None, "2025-12-31"),
        ("本办法自2024年6月1日起施行。\n有效期三年。", "2024-06-01", "2027-05-31"),
    ],
)
def test_from_and_until(text: str, begins: str | None, ends: str) -> None:
    found = find_validity(text)
    assert (found.valid_from and str(found.valid_from), str(found.valid_until)) == (begins, ends)
    assert not found.repealed


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("本办法自发布之日起施行，有效期5年。", "2024-05-10", "2029-05-09"),
        ("本办法自印发之日起30日后施行，有效期5年，期满自动失效。", "2024-06-09", "2029-06-08"),
        ("本办法自公布之日起三十日后施行。", "2024-06-09", "None"),
        ("本措施自发布之日起三年内有效。", "2024-05-10", "2027-05-09"),
        ("本办法执行期限为自发布之日起三年。", "2024-05-10", "2027-05-09"),
    ],
)
def test_terms_from_the_day_of_issue_are_counted_when_it_is_known(text: str, begins: str, ends: str) -> None:
    found = find_validity(text, ISSUED)
    assert (str(found.valid_from), str(found.valid_until)) == (begins, ends)
    assert find_validity(text).valid_until is None


@pytest.mark.parametrize(
    "text",
    [
        "与用人单位签订劳动合同，期限三年。",
        "贷款期限三年，执行基准利率。",
        "本办法所称创业担保贷款，期限三年。",
        "连续实施三年的项目，给予补助。",
        "项目实施期限为两年。",
        "自公布之日起30日内，向区科技局提出申请。",
        "本办法有效期满后自动失效。",
        "与本办法抵触的即行废止。",
        "自本办法施行之日起，《甲办法》同时废止。",
        "《甲办法》2025年6月30日废止。",
    ],
)
def test_what_is_no_term_of_the_document(text: str) -> None:
    found = find_validity(text, ISSUED)
    assert (found.valid_from, found.valid_until, found.undetermined, found.repealed) == (None, None, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "本办法自2025年12月31日起施行，有效期至2025年1月1日。",
        "本办法自2025年1月1日起施行，有效期至2027年2月31日。",
        "本规定自2023年2月30日起施行。",
    ],
)
def test_from_a_misprint_no_end_is_counted(text: str) -> None:
    (statement,) = statements(text)
    assert statement.valid_until is None
    assert statement.undetermined == statement.quote.of(text)


def test_a_new_thought_behind_the_beginning_is_no_end() -> None:
    found = find_validity("自2024年1月1日起施行，到2027年，全区企业达到50家。")
    assert (found.valid_from, found.valid_until) == (date(2024, 1, 1), None)


def test_the_quote_holds_beginning_and_end() -> None:
    text = "第三条 本办法自2025年4月1日起施行，有效期至2028年3月31日。"
    (statement,) = statements(text)
    assert statement.quote.of(text) == "自2025年4月1日起施行，有效期至2028年3月31日"
