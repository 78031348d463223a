from __future__ import annotations

from ingest.vocabulary.matching.english_names import in_english, title_in_english


def test_words_have_names_and_unknown_ones_stay() -> None:
    assert in_english("博士") == "doctorate"
    assert in_english("自治区") == "autonomous region"
    assert in_english("没有这个词") == "没有这个词"


def test_a_title_is_called_by_the_longest_word_at_its_end() -> None:
    assert title_in_english("新招聘本科生生活补贴") == "Living allowance"
    assert title_in_english("接收大学生实习补贴") == "Internship subsidy"
    assert title_in_english("没有名字的事") is None
