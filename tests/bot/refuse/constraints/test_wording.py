"""What is said of constraints that are not borne out, in the three languages of a question."""

from __future__ import annotations

import pytest

from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.refuse.constraints.wording import refusal_words, says, words_of
from bot.refuse.gate import RULE_NAMES, Refusal
from bot.types import Language, Reason

_CLASS = ConstraintCheck(ConstraintKind.GRADE, "E类", Outcome.CONTRADICTED, "grade.class", ("A类", "B类"))
_OTHER_CLASS = ConstraintCheck(ConstraintKind.GRADE, "F类", Outcome.CONTRADICTED, "grade.class", ("A类", "B类"))
_STEP = ConstraintCheck(ConstraintKind.STEP, "第二档", Outcome.NOT_MENTIONED, "step.ordinal")
_PAPERS = ConstraintCheck(ConstraintKind.ATTRIBUTE, "要什么材料", Outcome.NOT_MENTIONED, "attribute.materials")
_SIZE = ConstraintCheck(ConstraintKind.SIZE, "第150名", Outcome.CONTRADICTED, "size", ("前10名", "前100名"))
_TIERS = ConstraintCheck(ConstraintKind.ATTRIBUTE, "哪一档", Outcome.NOT_MENTIONED, "attribute.tiers")
_OBJECT = ConstraintCheck(ConstraintKind.OBJECT, "加油站", Outcome.NOT_MENTIONED, "object.filling_stations")


@pytest.mark.parametrize(
    ("checks", "language", "said"),
    [
        ((_CLASS, _OTHER_CLASS), Language.ZH, ["所引条款印有A类、B类，没有E类、F类。"]),
        ((_CLASS,), Language.ZH_HANT, ["所引條款印有A類、B類，沒有E類。"]),
        ((_CLASS,), Language.EN, ["The clauses cited print A类, B类; E类 is not among them."]),
        ((_STEP,), Language.ZH, ["价目没有分档，没有印出第二档。"]),
        ((_SIZE,), Language.ZH, ["条文所印的条件是前10名、前100名，所问的不在其内。"]),
        ((_TIERS,), Language.ZH, ["所引条款只说分档，没有印出各档的划分和数额。"]),
        ((_PAPERS, _OBJECT), Language.ZH, ["所引条款没有写明所需材料。", "所引条款没有提到加油站。"]),
        ((_PAPERS,), Language.EN, ["The clauses cited do not state the papers needed."]),
    ],
)
def test_one_sentence_says_each_fault(checks: tuple[ConstraintCheck, ...], language: Language, said: list[str]) -> None:
    shown = words_of(checks, language)
    if language is Language.ZH_HANT:
        assert "沒有" in shown[0]
    else:
        assert shown == said


def test_a_refusal_says_its_reason_before_the_nearest_clauses() -> None:
    refusal = Refusal(Reason.NOT_STATED, "constraint_grade_class", checks=(_CLASS,))
    assert refusal_words(refusal, Language.ZH) == "所引条款印有A类、B类，没有E类。以下是最接近的条款。"
    assert refusal_words(Refusal(Reason.NOT_STATED, "year_gone"), Language.ZH).startswith("没有印出所问年份的规定。")


def test_other_reasons_keep_their_own_words() -> None:
    assert refusal_words(Refusal(Reason.OFF_TOPIC, "surely_foreign", checks=(_CLASS,)), Language.ZH) == ""


def test_the_words_of_rules_name_rules_there_are() -> None:
    named = {key.removeprefix("rule.") for key in says() if key.startswith("rule.")}
    assert named <= set(RULE_NAMES)
