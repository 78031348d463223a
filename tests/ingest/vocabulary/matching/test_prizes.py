import re

from ingest.vocabulary.matching.prizes import prize_words


def test_the_grades_go_from_the_highest_down() -> None:
    assert list(prize_words().grades) == ["特等奖", "一等奖", "二等奖", "三等奖"]


def test_a_rank_is_no_session_time_or_unit() -> None:
    table = prize_words()
    assert [bool(re.search(table.rank, words)) for words in ("第二完成人", "第二届", "第3次", "第一完成单位")] == [
        True,
        False,
        False,
        False,
    ]
