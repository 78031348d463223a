from __future__ import annotations

import pytest

from bot.match.honours.prizes import Prize, prize_names, prize_of, words_of_prizes

FIRST_THREE = "国家科学技术进步奖二等奖前3名完成人"
RECENT = "省部级科学技术进步奖一等奖前3名完成人（近5年）"
MAIN = "中华医学会科学技术奖一等奖主要完成人"
LATER = "中华医学会科学技术奖一等奖主要完成人（前3名除外）"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("国家科技进步奖二等奖，排名第二", "国家科学技术进步奖二等奖第2完成人"),
        ("自治区科技进步一等奖，第一完成人", "省部级科学技术进步奖一等奖第1完成人"),
        ("中华医学科技奖一等奖第五完成人", "中华医学会科学技术奖一等奖第5完成人"),
        ("近5年省部级技术发明奖二等奖主要完成人前3名", "省部级技术发明奖二等奖前3名完成人（近5年）"),
        ("国家级优秀教学成果一等奖前3名完成人", "国家教学成果奖一等奖前3名完成人"),
        (
            "second prize of the National Science and Technology Progress Award, ranked third",
            "国家科学技术进步奖二等奖第3完成人",
        ),
    ],
)
def test_a_prize_is_read_with_level_grade_rank_and_age(said: str, word: str) -> None:
    prize = prize_of(said)
    assert prize is not None
    assert prize.word == word
    assert prize_of(prize.word) == prize


@pytest.mark.parametrize("words", ["国家最高科学技术奖", "某市科技进步一等奖", "全国技术能手", "第二届科学技术奖"])
def test_another_prize_and_one_of_no_known_level_is_none(words: str) -> None:
    assert prize_of(words) is None


@pytest.mark.parametrize(
    ("said", "entry", "fits"),
    [
        ("国家科学技术进步奖二等奖第2完成人", FIRST_THREE, True),
        ("国家科学技术进步奖二等奖第8完成人", FIRST_THREE, False),
        ("国家科学技术进步奖一等奖第2完成人", FIRST_THREE, False),
        ("国家科学技术进步奖二等奖", FIRST_THREE, None),
        ("国家科学技术进步奖第2完成人", FIRST_THREE, None),
        ("省部级科学技术进步奖二等奖第2完成人", FIRST_THREE, False),
        ("国家科学技术进步奖特等奖第1完成人", "国家科学技术进步奖一等奖及以上第一完成人", True),
        ("国家科学技术进步奖二等奖第1完成人", "国家科学技术进步奖一等奖及以上第一完成人", False),
        ("省部级科学技术进步奖一等奖第1完成人（近5年）", RECENT, True),
        ("省部级科学技术进步奖一等奖第1完成人（5年以前）", RECENT, False),
        ("省部级科学技术进步奖一等奖第1完成人", RECENT, None),
        ("中华医学会科学技术奖一等奖第5完成人", MAIN, True),
        ("中华医学会科学技术奖一等奖第2完成人", LATER, False),
        ("中华医学会科学技术奖一等奖第5完成人", LATER, True),
        ("中华医学会科学技术奖一等奖", MAIN, None),
        ("中国专利金奖第1完成人", "中国专利金奖前2位完成人（须为专利发明人或设计人）", None),
        ("自治区医学会科学技术奖一等奖第1完成人", "内蒙古自治区医学会科学技术奖一等奖主要完成人前2名", True),
        ("中华医学会科学技术奖一等奖第1完成人", "内蒙古自治区医学会科学技术奖一等奖主要完成人前2名", False),
    ],
)
def test_an_entry_lists_the_grade_rank_and_age_it_prints(said: str, entry: str, fits: bool | None) -> None:
    won, listed = prize_of(said), prize_of(entry)
    assert won is not None
    assert listed is not None
    assert won.is_listed_by(listed) is fits


def test_every_word_of_a_prize_that_a_link_may_hold_is_known() -> None:
    words = set(words_of_prizes([FIRST_THREE, "全国技术能手"]))
    assert prize_names([FIRST_THREE, "全国技术能手"]) == ("国家科学技术进步奖",)
    assert Prize("国家科学技术进步奖", "二等奖", 2, 2, recent=True).word in words
