"""Which language a question is asked in."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.language import language_of, language_of_question
from bot.types import Language, Question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("全职引进的A类人才，市里给多少安家补贴？", Language.ZH),
        ("全職引進的A類人才，市裡給多少安家補貼？", Language.ZH_HANT),
        ("How much is the relocation allowance?", Language.EN),
        ("What is 病残津贴?", Language.ZH),  # two words against four characters
        ("What does 病残津贴 mean for us?", Language.EN),
        ("RCEP、QFLP 和 VPN 的外资政策", Language.ZH),
        ("补贴", Language.ZH),
        ("補貼", Language.ZH_HANT),  # of so few characters one is enough
        ("補多少", Language.ZH_HANT),
        ("補助多少", Language.ZH),  # of four it is not
        ("企業研发费用補助多少", Language.ZH_HANT),  # two are a habit
        ("乾旱补贴有哪些规定", Language.ZH),  # one such character among many is an accident
        ("著作权登记奖励多少", Language.ZH),
        ("", Language.ZH),
        ("2026?", Language.ZH),
    ],
)
def test_language(text: str, language: Language) -> None:
    assert language_of(text) is language


def test_a_chosen_language_decides() -> None:
    asked = Question(("工业用水多少钱",), date(2026, 11, 22), page_language=Language.ZH, chosen_language=Language.EN)
    assert language_of_question(asked) is Language.EN
