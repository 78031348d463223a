"""What a client of the OpenAI protocol sends, read as one of our questions.

What tunes a language model is taken and has no effect, because there is none to tune. What would change the answer and
cannot be done, as tools, pictures or several choices, is refused by its name, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from bot.types import Language
from web.api.requests import AskRequest, OneOrMore
from web.http.client import FieldUnusable

MODEL = "policyqa"
# Fields of the protocol that change what a reply is, and the values of them that ask for nothing.
_REFUSED: dict[str, tuple[JsonValue, ...]] = {
    "tools": (None, []),
    "functions": (None, []),
    "audio": (None,),
    "web_search_options": (None,),
    "logprobs": (None, False),
    "n": (None, 1),
}


class ContentPart(BaseModel):
    """One piece of a message: a text, or something we cannot read."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[ContentPart] | None = None


class StreamOptions(BaseModel):
    """How to stream."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """What ``POST /v1/chat/completions`` takes. ``level``, ``document`` and ``lang`` are ours (``extra_body``)."""

    model_config = ConfigDict(extra="allow")

    model: str = Field(description=f'"{MODEL}", the only one there is.')
    messages: list[ChatMessage] = Field(description="The conversation; its last message is the question.")
    stream: bool | None = Field(None, description="Send the answer while it is made.")
    stream_options: StreamOptions | None = Field(None, description='{"include_usage": true} ends with the usage.')
    response_format: dict[str, JsonValue] | None = Field(None, description='Only {"type": "text"}.')
    user: str = Field("", max_length=64, description="Your name for the conversation; groups kept answers.")
    level: OneOrMore | None = Field(None, description="Ours: only policies of this level, or of these.")
    document: str | None = Field(None, description="Ours: only this document, by its id.")
    lang: Language | None = Field(None, description="Ours: answer in zh, zh-hant or en.")

    def asked(self) -> AskRequest:
        """The question with the turns before it. Raises FieldUnusable for what we cannot do.

        Only what the person said counts: instructions of the caller and our own earlier answers change no rule here.
        """
        check_model(self.model)
        self._check_fields()
        if not self.messages or self.messages[-1].role != "user":
            raise FieldUnusable("web.openai_no_question", "messages")
        said = [text for text in self._said() if text]
        if not said or not _text_of(self.messages[-1], len(self.messages) - 1):
            raise FieldUnusable("web.openai_empty", f"messages.{len(self.messages) - 1}.content")
        return AskRequest(
            question=said[-1],
            turns=said[:-1],
            as_of=None,
            level=self.level,
            document=self.document,
            lang=self.lang,
            conversation=self.user,
        )

    def _said(self) -> Iterator[str]:
        for number, message in enumerate(self.messages):
            if message.role == "user":
                yield _text_of(message, number)

    def _check_fields(self) -> None:
        extra = self.model_extra or {}
        for field, harmless in _REFUSED.items():
            if field in extra and extra[field] not in harmless:
                raise FieldUnusable("web.openai_not_here", field, "unsupported_parameter", name=field)
        if self.response_format is not None and self.response_format.get("type") != "text":
            raise FieldUnusable(
                "web.openai_not_here", "response_format", "unsupported_parameter", name="response_format"
            )
        modalities = extra.get("modalities")
        if modalities is not None and modalities != ["text"]:
            raise FieldUnusable("web.openai_not_here", "modalities", "unsupported_parameter", name="modalities")


def check_model(name: str) -> None:
    """Raises FieldUnusable when there is no such model."""
    if name != MODEL:
        raise FieldUnusable("web.openai_no_model", "model", "model_not_found", model=name, known=MODEL)


def _text_of(message: ChatMessage, number: int) -> str:
    if isinstance(message.content, str) or message.content is None:
        return (message.content or "").strip()
    for part in message.content:
        if part.type != "text":
            field = f"messages.{number}.content"
            raise FieldUnusable("web.openai_only_text", field, "unsupported_content", kind=part.type)
    return "\n".join(part.text for part in message.content).strip()
