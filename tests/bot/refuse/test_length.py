from __future__ import annotations

import pytest

from bot.refuse.length import check_length
from bot.types import Question
from ingest.errors import QuestionUnusable
from tests.bot.conftest import AS_OF


def test_the_door_refuses_a_question_that_is_too_long() -> None:
    with pytest.raises(QuestionUnusable, match="at most 2,000"):
        check_length(Question(("问" * 5000,), AS_OF), 2000)
