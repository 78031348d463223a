"""What a person is told about a language model that could not be used, or not in full."""

from __future__ import annotations

from bot.llm.chat_model import Failure
from bot.text.bilingual import Say
from bot.types import Language

_WHY = {
    Failure.TIMED_OUT: Say("未能在限定时间内作答", "did not answer in time"),
    Failure.UNREACHABLE: Say("暂时无法使用", "could not be reached"),
    Failure.REFUSED: Say("拒绝作答", "refused to answer"),
    Failure.EMPTY: Say("没有给出回答", "gave no answer"),
    Failure.ENDLESS: Say("的回答过长", "gave an answer without end"),
    Failure.UNSUPPORTED: Say("的回答与条文核对不符", "said what the clauses do not bear out"),
}
_INSTEAD = Say(
    "语言模型{why}，本回答直接取自条文原文。",
    "The language model {why}; this answer is taken from the clauses directly.",
)
_WITHHELD = Say(
    "本回答由语言模型组织文字，其中未能与条文核对一致的语句已略去。",
    "Worded by a language model; what could not be checked against the clauses was left out.",
)
_WORDED = Say(
    "本回答由语言模型组织文字，其中的数字与所引条文一致；含义以条文原文为准。",
    "Worded by a language model; its figures match the clauses cited. What they mean, the clauses themselves say.",
)


def instead_notice(failure: Failure, language: Language) -> str:
    """Says that the answer comes without a model, and why."""
    return _INSTEAD.to(language).format(why=_WHY[failure].to(language))


def withheld_notice(language: Language) -> str:
    """Says that a part of what the model wrote is left out."""
    return _WITHHELD.to(language)


def worded_notice(language: Language) -> str:
    """Says who worded the answer."""
    return _WORDED.to(language)
