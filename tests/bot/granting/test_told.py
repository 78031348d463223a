"""What a conversation tells of its asker: who gets the money, what a later turn corrects."""

from __future__ import annotations

from datetime import date

import pytest

from bot.granting.told import Told
from bot.match.matching import Matcher
from ingest.types import Corpus

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def matcher(corpus: Corpus) -> Matcher:
    return Matcher.of(corpus)


def words(told: Told, attribute: str) -> set[str]:
    return {word for fact in told.facts.of(attribute) for word in fact.words}


def test_a_later_turn_puts_right_what_an_earlier_one_said(matcher: Matcher) -> None:
    told = Told.of(
        ("我是硕士，在东胜区一家企业工作，没买房", "每月能拿多少租房补贴", "我说错了，我是博士"), matcher, DAY
    )
    assert words(told, "degree") == {"博士"}
    assert "东胜区" in words(told, "place")  # told before, and still so
    assert told.speaks


@pytest.mark.parametrize("again", ["再次获批呢，市里给多少", "三年后再认定上，市里给多少"])
def test_once_more_is_of_the_recognition_spoken_of_before(matcher: Matcher, again: str) -> None:
    told = Told.of(("我公司今年第一次评上国家高企，在伊旗", again), matcher, DAY)
    assert words(told, "recognition.time") == {"再次"}


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        ("引进一个B类人才，我们公司能从市里拿多少钱？", "employer"),
        ("他毕业真来了，市里补公司多少？", "employer"),
        ("我是一家制造业企业，首次认定高企给多少钱", "company"),
        ("我是A类人才，自己能拿多少安家补贴", "person"),
        ("我们猎头给企业挖到一个B类全职的，鄂尔多斯市奖我们多少", "intermediary"),
        ("我们中介帮引进一个A类人才，市里奖多少", "intermediary"),
    ],
)
def test_who_asks_or_who_is_asked_about_gets_the_money(matcher: Matcher, asked: str, who: str) -> None:
    told = Told.of((asked,), matcher, DAY)
    assert told.speaks
    assert who in told.facts.who
    assert who == "person" or "person" not in told.facts.who


def test_nobody_speaks_of_themselves_in_a_question_on_a_class(matcher: Matcher) -> None:
    assert not Told.of(("C类人才安家补贴多少",), matcher, DAY).speaks


def test_not_full_time_is_flexibly(matcher: Matcher) -> None:
    assert "柔性引进" in words(Told.of(("院士不全职过来，就当自治区的顾问",), matcher, DAY), "arrival")
