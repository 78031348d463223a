"""The year or day a question speaks of, and the version it names."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understand.time_asked import time_asked, version_asked, years_named

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年的时候首次认定奖励多少", "2024-01-01", "2024-12-31"),
        ("2031还能享受吗", "2031-01-01", "2031-12-31"),
        ("2025年4月受理的按哪个标准", "2025-04-01", "2025-04-30"),
        ("2025年6月30日还有效吗", "2025-06-30", "2025-06-30"),
        ("2025年底还能申请吗", "2025-12-01", "2025-12-31"),
        ("去年的奖励多少", "2025-01-01", "2025-12-31"),
        ("明年还有吗", "2027-01-01", "2027-12-31"),
        ("2024年和2025年各是多少", "2024-01-01", "2025-12-31"),
        ("will it still apply in 2032?", "2032-01-01", "2032-12-31"),
        ("what was paid in march 2025?", "2025-03-01", "2025-03-31"),
        ("what holds for the 2025 tax year?", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_time_that_is_named(text: str, first: str, last: str) -> None:
    asked = time_asked(text, AS_OF)
    assert (str(asked.first), str(asked.last), asked.named) == (first, last, True)


@pytest.mark.parametrize(
    "text",
    [
        "奖励多少",
        "我们去年裁了6个人能申请吗",
        "去年才开的店行不行",
        "2024年版负面清单什么时候施行",
        "清政规〔2023〕5号还有效吗",
        "《行动计划（2022—2025年）》讲什么",
        "2023年那版奖励多少",
        "2022 年底跟 2025 年的目标分别是多少",
        "到2025年要达到多少家",
        "投资2030万元补多少",
        "2025年2月31日有效吗",
        "今年还能享受吗",
        "2024年12月以前取得的证书，现在还能领吗",
        "is the rule of March 2024 still valid now?",
        "when does the 2024 negative list take effect?",
        "what does the 2025 plan say of e-commerce?",
        "does the 2021 edition still apply?",
    ],
)
def test_else_the_day_of_asking_counts(text: str) -> None:
    asked = time_asked(text, AS_OF)
    assert (asked.first, asked.last, asked.named) == (AS_OF, AS_OF, False)


def test_versions() -> None:
    assert version_asked("跟2023年那版比").years == {2023}
    assert version_asked("2022年版的标准").years == {2022}
    assert version_asked("老政策给多少").old
    assert not version_asked("奖励多少").old


def test_years_that_only_name_a_document_are_none() -> None:
    assert years_named("2024年按2023年版和国发〔2011〕11号给多少") == (2024,)
