from __future__ import annotations

from collections import Counter

import pytest

from bot.llm.chat_model import Failure
from bot.llm.desk import Report
from bot.llm.notices import instead_notice, not_stated_notice, plan_notice, worded_notices
from bot.llm.output_checks import Objection
from bot.llm.planning import PlanFault
from bot.types import Answered, AnswerSentence, CheckedFigure, Language, Question
from ingest.types import Span
from tests.bot.conftest import AS_OF

FIGURE = CheckedFigure("100万元", "c", Span(0, 5))


def answer(language: Language = Language.ZH, figures: tuple[CheckedFigure, ...] = ()) -> Answered:
    sentences = (AnswerSentence("给予奖励。", (1,), figures),)
    return Answered(Question(("问",), AS_OF), language, sentences, (), (), "问", 1.0)


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failure_is_told_in_every_language(failure: Failure) -> None:
    assert instead_notice(failure, Language.ZH).startswith("语言模型")
    assert instead_notice(failure, Language.ZH_HANT).startswith("語言模型")
    assert instead_notice(failure, Language.EN).startswith("The language model")


def test_figures_are_spoken_of_only_where_there_are_any() -> None:
    assert "数字" not in worded_notices(Report(shown=1), answer())[0]
    assert "数字" in worded_notices(Report(shown=1), answer(figures=(FIGURE,)))[0]


@pytest.mark.parametrize("objection", list(Objection))
@pytest.mark.parametrize("language", list(Language))
def test_what_was_left_out_is_counted_with_its_reason(objection: Objection, language: Language) -> None:
    (said,) = worded_notices(Report(shown=1, withheld=Counter({objection: 3})), answer(language))
    assert said.count("3") == 2


def test_what_was_replaced_or_not_read_is_told() -> None:
    report = Report(shown=3, withheld=Counter({Objection.UNGROUNDED: 1}), replaced=1, cut=7)
    worded, replaced, cut = worded_notices(report, answer())
    assert "未展示" not in worded
    assert "1句" in replaced
    assert "7句" in cut


def test_why_nothing_could_be_used_is_told() -> None:
    report = Report(withheld=Counter({Objection.LANGUAGE: 2}))
    assert "2句不是提问所用的语言" in instead_notice(Failure.UNSUPPORTED, Language.ZH, report)


def test_how_much_was_read_in_vain_is_told() -> None:
    assert "8条" in not_stated_notice(8, Language.ZH)


@pytest.mark.parametrize("fault", list(PlanFault))
@pytest.mark.parametrize("language", list(Language))
def test_why_the_rules_took_a_question_apart_is_told(fault: PlanFault, language: Language) -> None:
    assert plan_notice(fault, language)
