"""How long a turn of a question may be: longer ones are declined unread."""

from __future__ import annotations

from bot.types import Question
from ingest.errors import QuestionUnusable


def is_too_long(question: Question, longest: int) -> bool:
    """True when a turn has more than ``longest`` characters."""
    return any(len(turn) > longest for turn in question.turns)


def check_length(question: Question, longest: int) -> None:
    """Raises QuestionUnusable when a turn has more than ``longest`` characters."""
    for turn in question.turns:
        if len(turn) > longest:
            raise QuestionUnusable("bot.question_too_long", characters=len(turn), most=longest)
