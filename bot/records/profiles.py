"""What somebody told of themselves taken out of an answer before it is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.types import Answer, Answered, AnswerKind, Language
from bot.understand.asks_for_match import tells_of_oneself
from ingest.normalise import to_simplified
from ingest.sentences import Sentence

NOT_KEPT = "bot.profile_not_kept"


def without_profile(answer: Answer) -> Answer:
    """The same answer without the words of a profile, and without what was worked out from them.

    Of an answer to a profile only how many grants it told and which clauses it cited are left; of any later one, the
    turns that tell of the asker are taken out, whether anything was matched or not. Other answers come back as they are.
    """
    question = answer.question
    matched = isinstance(answer, Answered) and answer.kind is AnswerKind.MATCH
    told = [matched or tells_of_oneself(to_simplified(turn)) for turn in question.turns]
    if not any(told):
        return answer
    placeholder = Sentence(NOT_KEPT).said("en" if answer.language is Language.EN else "zh")
    turns = tuple(placeholder if own else turn for own, turn in zip(told, question.turns, strict=True))
    bare = replace(
        answer, question=replace(question, turns=turns), standalone=turns[-1], read_as=(), parts=(), notices=()
    )
    if isinstance(bare, Answered) and matched:
        return replace(bare, sentences=bare.sentences[:1], questions=())
    return bare
