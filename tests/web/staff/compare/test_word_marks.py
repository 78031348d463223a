"""Words that went, came or stand in the place of others; nothing of either text is lost."""

from __future__ import annotations

import pytest

from web.staff.compare import word_marks
from web.staff.compare.word_marks import marked_words


def test_a_figure_is_marked_as_a_whole_and_as_changed() -> None:
    before, after = marked_words("给予30万元奖励。", "给予350万元奖励。")
    assert before == (("给予", ""), ("30", "changed"), ("万元奖励。", ""))
    assert after == (("给予", ""), ("350", "changed"), ("万元奖励。", ""))


def test_what_was_put_in_is_new_and_what_was_struck_is_gone() -> None:
    before, after = marked_words("对企业给予奖励。", "对首次认定的企业给予奖励。")
    assert [mark for _, mark in before] == ["", ""] or [mark for _, mark in before] == [""]
    assert ("首次认定的", "new") in after
    before, after = marked_words("对首次认定的企业给予奖励。", "对企业给予奖励。")
    assert ("首次认定的", "gone") in before


@pytest.mark.parametrize("most", [4_000_000, 3])
def test_both_texts_stand_there_whole(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_marks, "MOST_COMPARED", most)
    texts = "一次性给予最高30万元安家补贴，分三年发放。", "给予不超过 50 万元的补贴；一次发放。"
    sides = marked_words(*texts)
    assert tuple("".join(words for words, _ in side) for side in sides) == texts
    assert marked_words("", "新的一条") == ((), (("新的一条", "new"),))
