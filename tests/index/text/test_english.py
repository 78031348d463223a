"""English words as they are matched, and what counts as asking in English."""

import pytest

from index.text.english import asks_in_english, english_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("subsidy", "Subsidies"),
        ("hire", "hiring"),
        ("plan", "planned"),
        ("tax", "taxes"),
        ("enterprise", "enterprises'"),
        ("company", "company's"),
        ("apply", "applies"),
        ("1500", "1,500"),
        ("business", "businesses"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert english_words(one) == english_words(other)


@pytest.mark.parametrize(("one", "other"), [("status", "state"), ("use", "us"), ("100", "1000"), ("sing", "sed")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert english_words(one) != english_words(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What is the rate of 15% for R&D?", ["rate", "15%", "r&d"]),
        ("西部大开发 tax rate", ["tax", "rate"]),
        ("税率是多少", []),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [word.removesuffix("e") for word in english_words(text)] == [word.removesuffix("e") for word in words]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("What subsidies are there for 高新技术企业?", True),
        ("subsidy", True),
        ("高新技术企业 tax rate 是多少，有什么条件要满足", True),  # words of both
        ("申请 AEO 认证有什么好处", False),
        ("企业做 B2B 出口，海关监管代码 9710 怎么办", False),
        ("Pre-IPO 企业上市有奖励吗，奖多少钱", False),
        ("税率是多少", False),
        ("15", False),
        ("", False),
    ],
)
def test_what_asks_in_english(text: str, english: bool) -> None:
    assert asks_in_english(text) is english
