"""Every row names itself in two languages and finds what it is for."""

import pytest

from ingest.vocabulary.editions.same_senses import same_senses


def test_rows_have_a_name_in_both_languages() -> None:
    assert all(all(sense.what) for sense in same_senses())
    assert len({sense.what for sense in same_senses()}) == len(same_senses())


@pytest.mark.parametrize(
    ("name", "chinese", "english"),
    [
        ("negation", "不得重复享受", "may not be received twice"),
        ("a lower bound", "不低于300万元", "not less than RMB 3 million"),
        ("an upper bound", "最高500万元", "up to RMB 5 million"),
        ("one-off", "一次性奖励", "a one-off reward"),
        ("each year", "每年给予", "given every year"),
        ("each month", "每月2000元", "RMB 2,000 per month"),
        ("for the first time", "首次认定", "recognised for the first time"),
    ],
)
def test_a_row_is_found_in_both_languages(name: str, chinese: str, english: str) -> None:
    (sense,) = [sense for sense in same_senses() if sense.what[1] == name]
    assert sense.chinese.search(chinese)
    assert sense.english.search(english)
    assert not sense.english.search("A reward of RMB 300,000 is given.")
