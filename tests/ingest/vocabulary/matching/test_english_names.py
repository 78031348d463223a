from __future__ import annotations

import pytest

from ingest.vocabulary.matching.english_names import in_english, title_in_english


def test_words_have_names_and_unknown_ones_stay() -> None:
    assert in_english("博士") == "doctorate"
    assert in_english("自治区") == "autonomous region"
    assert in_english("没有这个词") == "没有这个词"


def test_a_title_is_called_by_the_longest_word_at_its_end() -> None:
    assert title_in_english("新招聘本科生生活补贴") == "Living allowance"
    assert title_in_english("接收大学生实习补贴") == "Internship subsidy"
    assert title_in_english("没有名字的事") is None


@pytest.mark.parametrize(
    ("word", "called"),
    [
        ("马来西亚", "Malaysia"),
        ("美国", "the United States"),
        ("东胜区", "Dongsheng District"),
        ("鄂尔多斯市", "Ordos"),
        ("内蒙古自治区", "Inner Mongolia"),
        ("甘肃", "Gansu"),
        ("西安", "Xi'an"),
        ("非遗传承人", "inheritor of intangible cultural heritage"),
        ("示范区", "示范区"),
        ("中心城区", "中心城区"),
    ],
)
def test_places_have_latin_names_and_mere_words_have_none(word: str, called: str) -> None:
    assert in_english(word) == called
