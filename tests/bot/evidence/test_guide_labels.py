"""The line of a guide that a question asks for."""

from datetime import date

import pytest

from bot.evidence.guide_labels import answers_by_label, heading_label, label_of_line
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("冷藏车补助要什么材料", "申请材料"),
        ("补助怎么办理", "办理流程"),
        ("补助多久能办完", "承诺时限"),
        ("补助什么时候受理", "受理时间"),
        ("补助打什么电话问", "咨询电话"),
        ("补助去哪儿办", "办理地点"),
        ("办这个收费吗", "收费标准"),
        ("什么条件能申请", "申请条件"),
        ("找哪个单位办", "受理单位"),
        ("办理依据是什么", "办理依据"),
        ("which documents are needed", "申请材料"),
    ],
)
def test_a_question_finds_its_label(question: str, label: str, places: Places) -> None:
    reading = read_question(Question((question,), date(2026, 11, 22)), places, 20)

    assert answers_by_label(reading, label) is True


def test_other_labels_and_words_that_are_none(places: Places) -> None:
    reading = read_question(Question(("要什么材料",), date(2026, 11, 22)), places, 20)

    assert answers_by_label(reading, "咨询电话") is False
    assert answers_by_label(reading, "补助标准") is None
    assert answers_by_label(reading, None) is None


def test_where_labels_stand() -> None:
    assert label_of_line("申请材料：申请表") == "申请材料"
    assert label_of_line("【办理时限】：5个工作日") == "办理时限"
    assert label_of_line("对新建项目，每平方米20元。") is None
    assert heading_label(("补助指南", "三、申请材料")) == "申请材料"
    assert heading_label(("补助指南",)) is None
