"""What answering lets the owner decide."""

from __future__ import annotations

from pydantic import Field

from index.settings import IndexSettings


class BotSettings(IndexSettings):
    """Adds the limits of a question to what search reads."""

    max_question_chars: int = Field(
        default=2000, ge=50, le=20000, description="Longest question, in characters, all turns together excluded."
    )
    max_turns: int = Field(
        default=20, ge=1, le=200, description="Earlier turns that are looked at; older ones are dropped."
    )
    top_k: int = Field(default=10, ge=1, le=100, description="Clauses handed from search to composing.")
