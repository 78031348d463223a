"""Looking only where a pattern can begin finds what looking everywhere finds, and looks at few places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import english_figures, figures, ratios, small_change
from ingest.facts.scanning import beginning, matches
from ingest.types import Corpus

# pyright: reportPrivateUsage=false
PAIRS = {
    "no figure": (figures._NO_FIGURE, figures._NO_FIGURE_BEGINS_WITH_NUMBERED),
    "label": (figures._LABEL, figures._LABEL_BEGINS),
    "date": (figures._DATE, figures._DATE_BEGINS),
    "ratio": (ratios._RATIO, ratios._BEGINS),
    "small change": (small_change._CHANGE, small_change._BEGINS),
    "quantity": (figures._QUANTITY, figures._QUANTITY_BEGINS),
    "bare": (figures._BARE, figures._BARE_BEGINS),
    "English money": (english_figures._MONEY, english_figures._BEGINS),
    "English date": (english_figures._DATE, english_figures._BEGINS),
    "English quantity": (english_figures._QUANTITY, english_figures._BEGINS),
    "English rank": (english_figures._RANK, english_figures._BEGINS),
    "English bare": (english_figures._BARE, english_figures._BEGINS),
}
PIECES = st.sampled_from(
    "12019年版|2019年3月|12025年3月|2025.3.1|二〇二五年三月|〔2022〕19号|公告 2020 年第 23 号|第 12 号|《|》|5G|G306|4+8+N|2.0 版|"
    "一等奖|（3）|12．|。|；|\n| |百分之十五|百分之十至二十|万分之五|三分之一|零点五|一点五|三成|两成半|八五折|8.5折|2元5角|3角5分|一角五分|5分钱|5分/度|1:2|1 ：2|人民币 300 万元|￥3000|$ 5|20-25 万元|三年|十 家|30 万补贴|1,000.5|"
    "RMB 3 million|US$ 2|five years|15 percent|March 5, 2024|5th of May 2024|since 2023|top 10|Global 500|theglobal 500|"
    "FORTUNE 500|2 billion|人|民|千|万|a|B|7|0|·|/|:".split("|")
)


@pytest.mark.parametrize("name", PAIRS)
def test_every_match_of_the_compendium_is_found(name: str, compendium: Corpus) -> None:
    pattern, begins = PAIRS[name]
    for clause in compendium.clauses:
        expected = [match.span() for match in pattern.finditer(clause.text)]
        assert [match.span() for match in matches(pattern, begins, clause.text)] == expected


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_match_of_any_text_is_found(text: str) -> None:
    for name, (pattern, begins) in PAIRS.items():
        expected = [match.span() for match in pattern.finditer(text)]
        assert [match.span() for match in matches(pattern, begins, text)] == expected, name


@pytest.mark.parametrize("text", ["a" * 1000, "1" * 1000, " " * 1000, "人" * 1000])
def test_a_long_word_is_looked_at_once(text: str) -> None:
    places = {name: len(re.findall(begins, text)) for name, (_, begins) in PAIRS.items()}
    assert {name: count for name, count in places.items() if count > 1} == {}


def test_one_class_of_characters_finds_the_beginnings_of_all_ways() -> None:
    begins = beginning(("《第", ""), ("一二", "(?=[百千])"), (r"\d", r"(?<!\d\d)"))
    text = "1第一款二百 33《元》统一"

    assert [text[m.start() :][:2] for m in begins.finditer(text)] == ["1第", "第一", "二百", "33", "《元"]
