"""What a person is told about a language model that could not be used, or not in full."""

from __future__ import annotations

from bot.compose.phrases import in_language
from bot.llm.chat_model import Failure
from bot.types import Language

_WHY = {
    Failure.TIMED_OUT: ("未能在限定时间内作答", "did not answer in time"),
    Failure.UNREACHABLE: ("暂时无法使用", "could not be reached"),
    Failure.REFUSED: ("拒绝作答", "refused to answer"),
    Failure.EMPTY: ("没有给出回答", "gave no answer"),
    Failure.ENDLESS: ("的回答过长", "gave an answer without end"),
    Failure.UNSUPPORTED: ("的回答与条文核对不符", "said what the clauses do not bear out"),
}


def instead_notice(failure: Failure, language: Language) -> str:
    """Says that the answer comes without a model, and why."""
    chinese, english = _WHY[failure]
    if language is Language.EN:
        return f"The language model {english}; this answer is taken from the clauses directly."
    return in_language(f"语言模型{chinese}，本回答直接取自条文原文。", language)


def withheld_notice(language: Language) -> str:
    """Says that a part of what the model wrote is left out."""
    if language is Language.EN:
        return "Worded by a language model; what could not be checked against the clauses was left out."
    return in_language("本回答由语言模型组织文字，其中未能与条文核对一致的语句已略去。", language)


def worded_notice(language: Language) -> str:
    """Says who worded the answer."""
    if language is Language.EN:
        return "Worded by a language model; its figures match the clauses cited. What they mean, the clauses themselves say."
    return in_language("本回答由语言模型组织文字，其中的数字与所引条文一致；含义以条文原文为准。", language)
