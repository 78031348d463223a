from __future__ import annotations

import json

import pytest

from bot.llm.planning import MOST_PARTS, AskedKind, PlanFault, PlanUnusable, read_plan
from bot.types import Question
from tests.bot.conftest import AS_OF

ASKED = Question(("高企旗里奖多少？", "全职引进C类人才，市里给单位多少资助，旗里呢？"), AS_OF)
CITY = {
    "topic": "市里",
    "question": "全职引进C类人才，市里给单位多少资助？",
    "search": "人才培养资助 C类",
    "constraints": ["市"],
}
BANNER = {"topic": "旗里", "question": "全职引进C类人才，旗里给单位多少资助？", "search": "引才资助 C类"}


def plan(*parts: object, kind: object = "fact") -> str:
    return json.dumps({"kind": kind, "parts": parts}, ensure_ascii=False)


def fault_of(reply: str) -> PlanFault:
    with pytest.raises(PlanUnusable) as caught:
        read_plan(reply, ASKED)
    return caught.value.fault


@pytest.mark.parametrize("frame", ["{}", "```json\n{}\n```", "<think>两件事</think>{}"])
def test_a_plan_is_read(frame: str) -> None:
    made = read_plan(frame.replace("{}", plan(CITY, BANNER)), ASKED)
    assert made.kind is AskedKind.SEVERAL
    assert [part.topic for part in made.parts] == ["市里", "旗里"]
    assert made.parts[0].constraints == ("市",)
    assert made.by_model


def test_a_part_may_be_about_what_was_asked_before() -> None:
    assert read_plan(plan({"question": "高企旗里奖多少？"}), ASKED).kind is AskedKind.FACT


def test_a_part_of_another_subject_is_dropped() -> None:
    assert len(read_plan(plan(CITY, {"question": "红烧肉怎么做？"}), ASKED).parts) == 1


def test_a_part_with_a_figure_of_its_own_is_dropped() -> None:
    assert len(read_plan(plan(CITY, {**BANNER, "question": "引进3名C类人才，旗里给多少资助？"}), ASKED).parts) == 1


def test_parts_beyond_the_most_are_left_out_by_name() -> None:
    parts = [{**CITY, "question": f"{CITY['question']}{'呀' * n}"} for n in range(MOST_PARTS + 2)]
    made = read_plan(plan(*parts), ASKED)
    assert (len(made.parts), len(made.left_out)) == (MOST_PARTS, 2)


def test_an_english_part_shares_english_words() -> None:
    asked = Question(("What does a factory in the banner pay for tap water per tonne?",), AS_OF)
    part = {
        "topic": "tap water",
        "question": "What does a factory pay for tap water per tonne?",
        "search": "工商业用水",
    }
    assert read_plan(plan(part), asked).parts[0].search == "工商业用水"


@pytest.mark.parametrize("reply", ["", "好的", "[]", "{}", '{"parts": "x"}', plan(), plan("x"), plan({"topic": "x"})])
def test_what_is_no_plan_is_not_used(reply: str) -> None:
    assert fault_of(reply) is PlanFault.UNREADABLE


def test_fifty_parts_are_too_many() -> None:
    assert fault_of(plan(*[CITY] * 50)) is PlanFault.TOO_MANY


def test_a_plan_about_something_else_is_not_used() -> None:
    assert fault_of(plan({"question": "明天天气怎么样？"}, {"question": "红烧肉怎么做？"})) is PlanFault.OTHER_SUBJECT
