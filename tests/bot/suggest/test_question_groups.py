from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.suggest.question_groups import MOST_COMPARED, AskedQuestion, group_questions, plain_wording

# Angles of made vectors: what lies within 16 degrees (cosine .96) is near enough.
ANGLES = {"安家补贴多少": 0, "安家费给多少": 14, "给多少钱安家": 28, "电价多少": 90}


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    turned = np.radians([ANGLES[text] for text in texts])
    return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)


def asked(*questions: str) -> list[AskedQuestion]:
    return [AskedQuestion(question, str(number)) for number, question in enumerate(questions)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("请问 A类人才 有补贴吗？", "A 类人才有补贴"),
        ("工业用水价格？", "工业用水价格"),
        ("您好，问一下电价呢", "电价"),
        ("ＲＣＥＰ是什么", "rcep是什么"),
    ],
)
def test_marks_spaces_and_courtesies_make_no_other_question(one: str, other: str) -> None:
    assert plain_wording(one) == plain_wording(other)


@pytest.mark.parametrize("question", ["？？？", "吗", "请问", ""])
def test_what_is_nothing_but_courtesy_stays_itself(question: str) -> None:
    assert plain_wording(question) in (question, plain_wording(question))
    assert [group.leader for group in group_questions(asked(question))] == [question]


def test_wordings_alone_group_equal_questions_the_most_frequent_first() -> None:
    groups = group_questions(asked("电价多少", "安家补贴多少", "安家补贴多少？", "请问安家补贴多少"))
    assert [(group.leader, len(group.asked)) for group in groups] == [("安家补贴多少", 3), ("电价多少", 1)]
    assert [one.id for one in groups[0].asked] == ["1", "2", "3"]


def test_meaning_joins_other_wordings_under_the_most_frequent_one() -> None:
    (first, second) = group_questions(asked("安家费给多少", "安家补贴多少", "安家补贴多少", "电价多少"), embed)
    assert first.wordings == ("安家补贴多少", "安家费给多少")
    assert [one.id for one in first.asked] == ["1", "2", "0"]
    assert second.wordings == ("电价多少",)


def test_what_was_taken_over_joins_no_unlike_questions() -> None:
    """Two last turns of one conversation: joined with the turns before them they lie near each other."""
    texts = ("安家补贴多少", "安家费给多少")
    joined = [AskedQuestion(texts[0], "a", "电价多少"), AskedQuestion(texts[1], "b", "给多少钱安家")]
    assert [len(group.asked) for group in group_questions(joined, embed)] == [1, 1]
    mixed = [AskedQuestion(texts[0], "a"), AskedQuestion(texts[1], "b", "电价多少")]
    assert [len(group.asked) for group in group_questions(mixed, embed)] == [1, 1]
    like = [AskedQuestion(texts[0], "a", "给多少钱安家"), AskedQuestion(texts[1], "b", "安家费给多少")]
    assert [len(group.asked) for group in group_questions(like, embed)] == [2]


def test_no_group_grows_along_a_chain_of_likenesses() -> None:
    groups = group_questions(asked("安家补贴多少", "安家费给多少", "给多少钱安家"), embed)
    assert [group.wordings for group in groups] == [("安家补贴多少", "安家费给多少"), ("给多少钱安家",)]


def test_no_question_is_lost_or_doubled() -> None:
    questions = asked(*(f"第{number % 260}问" for number in range(600)))

    def all_alike(texts: Sequence[str]) -> NDArray[np.float32]:
        assert len(texts) == MOST_COMPARED
        return np.ones((len(texts), 1), np.float32)

    groups = group_questions(questions, all_alike)
    assert sorted(one.id for group in groups for one in group.asked) == sorted(one.id for one in questions)
    assert len(groups[0].wordings) == MOST_COMPARED
    assert group_questions(questions, all_alike) == groups


def test_no_questions_no_groups() -> None:
    assert group_questions([], embed) == group_questions([]) == []
