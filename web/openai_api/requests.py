"""What a client of the OpenAI protocol sends, read as one of our questions.

What tunes a language model is taken and has no effect, because there is none to tune. What would change the answer and
cannot be done, as tools, pictures or several choices, is refused by its name, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

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


class ChatMessage(BaseModel):
    """One message of the conversation. What it holds is looked at only when it is read: old ones may hold anything."""

    role: str
    content: JsonValue = None


class StreamOptions(BaseModel):
    """How to stream."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """What ``POST /v1/chat/completions`` takes; the fields from ``level`` on are ours (``extra_body``)."""

    model_config = ConfigDict(extra="allow")

    model: str = Field(description=f'"{MODEL}", the only one there is.')
    messages: list[ChatMessage] = Field(description="The conversation; its last message is the question.")
    stream: bool | None = Field(None, description="Send the answer while it is made.")
    stream_options: StreamOptions | None = Field(None, description='{"include_usage": true} ends with the usage.')
    response_format: dict[str, JsonValue] | None = Field(None, description='Only {"type": "text"}.')
    user: str = Field("", max_length=512, description="Who asks; kept as a salted hash, which groups kept answers.")
    level: OneOrMore | None = Field(None, description="Ours: only policies of this level, or of these.")
    document: str | None = Field(None, description="Ours: only this document, by its id.")
    lang: Language | None = Field(None, description="Ours: answer in zh, zh-hant or en.")
    as_of: date | None = Field(None, description="Ours: the day of asking, YYYY-MM-DD; today if null.")

    def asked(self, longest: int) -> AskRequest:
        """The question with the turns before it. Raises FieldUnusable for what we cannot do.

        Only what the person said counts: instructions of the caller and our own earlier answers change no rule here.
        Of earlier messages, which the caller cannot take back, what could not have been asked here is left out.
        """
        check_model(self.model)
        self._check_fields()
        if not self.messages or self.messages[-1].role != "user":
            raise FieldUnusable("web.openai_no_question", "messages")
        question = question_in(self.messages[-1], self.place_of_question)
        earlier = [_earlier_text(message) for message in self.messages[:-1] if message.role == "user"]
        return AskRequest(
            question=question,
            turns=[text for text in earlier if 0 < len(text) <= longest],
            as_of=self.as_of,
            level=self.level,
            document=self.document,
            lang=self.lang,
            conversation=self.user,
        )

    @property
    def place_of_question(self) -> str:
        """Where the question stands, as the protocol names a parameter."""
        return f"messages.{len(self.messages) - 1}.content"

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


def question_in(message: ChatMessage, place: str) -> str:
    """The text of the newest message. Raises FieldUnusable when it holds none, or anything else."""
    parts = _parts_of(message)
    for part in parts:
        if part.get("type") != "text" or not isinstance(part.get("text"), str):
            raise FieldUnusable("web.openai_only_text", place, "unsupported_content", kind=part.get("type"))
    text = _joined(parts)
    if not text:
        raise FieldUnusable("web.openai_empty", place)
    return text


def _earlier_text(message: ChatMessage) -> str:
    return _joined(part for part in _parts_of(message) if isinstance(part.get("text"), str))


def _parts_of(message: ChatMessage) -> list[Mapping[str, JsonValue]]:
    """The pieces of a message; what is none has the kind that JSON calls it."""
    content = message.content
    if isinstance(content, list):
        return [part if isinstance(part, dict) else {"type": type(part).__name__} for part in content]
    if isinstance(content, str) or content is None:
        return [{"type": "text", "text": content or ""}]
    return [{"type": type(content).__name__}]


def _joined(parts: Iterable[Mapping[str, JsonValue]]) -> str:
    return "\n".join(str(part["text"]) for part in parts).strip()
