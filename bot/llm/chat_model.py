"""A chat model as LangChain starts it, read piece by piece within one deadline.

The conversation runs on an event loop of its own, so that a server that neither answers nor hangs up is left at the
deadline, whatever it is doing.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, cast

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage
from langchain_core.messages.ai import UsageMetadata, add_usage
from pydantic import SecretStr

from bot.awaited import check_awaited
from ingest.errors import ModelUnusable, PolicyQAError
from ingest.whole_characters import are_whole

log = logging.getLogger(__name__)

ASKED_EVERY_S = 0.25  # whether anybody still waits, while a model thinks
MOST_CHARS = 60_000  # of one reply with its thoughts; an answer has a few hundred, a thinking model some ten thousand
# What providers call the reason why a reply ended. A reply without any was cut off.
_END_WORDS = ("finish_reason", "stop_reason", "done_reason", "finishReason", "stopReason")
_CUT_SHORT = frozenset({"length", "max_tokens", "MAX_TOKENS", "model_length"})
_FILTERED = frozenset({"content_filter", "refusal", "SAFETY", "guardrail_intervened"})
_NOT_UNDERSTOOD = frozenset({400, 422})  # what servers say to an option they do not know
_OPENAI = "openai"
_NO_KEY = "none"  # sent to servers that ask for no key; the protocol wants one


class Failure(StrEnum):
    """Why a model gave no answer that can be used."""

    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"  # refused, broken off, an error of the server, nonsense instead of the protocol
    REFUSED = "refused"  # by a filter of the provider
    EMPTY = "empty"
    ENDLESS = "endless"
    UNSUPPORTED = "unsupported"  # what it says is not borne out by the clauses


class ModelFailed(PolicyQAError):
    """The model gave no usable reply. Never reaches a person: the answer without a model takes over."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        if detail:
            super().__init__("bot.chat_model_failed_so", failure=failure.value, detail=detail)
        else:
            super().__init__("bot.chat_model_failed", failure=failure.value)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """Which model, where, and its limits. ``model`` is a name of LangChain's ``init_chat_model``."""

    model: str
    base_url: str | None
    api_key: SecretStr | None
    timeout_s: float
    temperature: float
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a reply took by the server's own count: of the prompt, and of the reply with its thoughts."""

    sent: int
    written: int


class AskedStep(StrEnum):
    """For what a model is asked while a question is answered."""

    PLAN = "plan"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which question and which step of it a prompt is about, and the ids of the clauses it numbers from 1.

    A model takes no notice of it; what keeps replies finds them by it, whatever the prompt says.
    """

    step: AskedStep
    turns: tuple[str, ...]
    clauses: tuple[str, ...] = ()


class Chat(Protocol):
    """Whoever replies to a prompt: a chat model, or one that is measured."""

    def reply(
        self, rules: str, material: str, *, counted: bool = False, about: Asked | None = None
    ) -> Generator[str, None, Tokens | None]:
        """The pieces of the reply, then its tokens where they are known. Raises ModelFailed."""
        ...


@dataclass(frozen=True, slots=True)
class _Ended:
    """The last thing in the queue of pieces: what went wrong, or why the reply ended and what it took."""

    error: BaseException | None
    reason: str | None = None
    tokens: Tokens | None = None


class ChatModel:
    """A model that is ready to be asked from several threads."""

    def __init__(self, model: BaseChatModel, timeout_s: float, count_option: dict[str, Any] | None = None) -> None:
        self._model = model
        self._timeout_s = timeout_s
        self._count_option = count_option or {}
        self._loop = asyncio.new_event_loop()
        self._starting = threading.Lock()
        self._thread = self._started()

    @classmethod
    def start(cls, settings: ChatSettings) -> ChatModel:
        """Raises ModelUnusable when the model's package is not installed or the model cannot be set up."""
        # Servers other than OpenAI's count a stream only when asked to; other providers count always.
        count_option = {"stream_usage": True} if settings.model.startswith(f"{_OPENAI}:") else {}
        return cls(_model_from(settings), settings.timeout_s, count_option)

    def _started(self) -> threading.Thread:
        thread = threading.Thread(target=self._loop.run_forever, name="chat-model", daemon=True)
        thread.start()
        return thread

    def _see_to_it(self) -> None:
        """Have a thread that carries the requests: without one each would only run out of time."""
        with self._starting:
            if not self._thread.is_alive():
                log.error("the thread that asks the chat model had ended; another goes on")
                self._thread = self._started()

    def reply(
        self, rules: str, material: str, *, counted: bool = False, about: Asked | None = None
    ) -> Generator[str, None, Tokens | None]:
        """The pieces of the reply, then its tokens: ``counted`` asks for them a server that does not tell by itself.

        Raises ModelFailed, and NobodyWaits when whoever asked has gone; the pieces before it must then not be relied on.
        """
        deadline = time.monotonic() + self._timeout_s
        pieces: queue.Queue[str | _Ended] = queue.Queue()
        messages = [SystemMessage(rules), HumanMessage(material)]
        options = self._count_option if counted else {}
        self._see_to_it()
        asking = asyncio.run_coroutine_threadsafe(_ask(self._model, messages, pieces, options), self._loop)
        length = 0
        try:
            while True:
                piece = _next(pieces, deadline)
                if isinstance(piece, _Ended):
                    _check_end(piece)
                    return piece.tokens
                length += len(piece)
                if length > MOST_CHARS:
                    raise ModelFailed(Failure.ENDLESS, f"more than {MOST_CHARS:,} characters")
                if not are_whole(piece):
                    raise ModelFailed(Failure.UNREACHABLE, "halves of characters")
                yield piece
        finally:
            asking.cancel()


async def _ask(
    model: BaseChatModel,
    messages: list[SystemMessage | HumanMessage],
    pieces: queue.Queue[str | _Ended],
    options: dict[str, Any],
) -> None:
    reading = asyncio.ensure_future(_read(model, messages, pieces, options))
    try:
        await asyncio.wait({reading})
    finally:
        reading.cancel()
    # Every provider raises errors of its own kind; whichever it is, the reply is over.
    error = None if reading.cancelled() else reading.exception()
    if options and getattr(error, "status_code", None) in _NOT_UNDERSTOOD:
        await _ask(model, messages, pieces, {})  # a server that cannot count can still reply
    else:
        pieces.put(_Ended(error) if error or reading.cancelled() else reading.result())


async def _read(
    model: BaseChatModel,
    messages: list[SystemMessage | HumanMessage],
    pieces: queue.Queue[str | _Ended],
    options: dict[str, Any],
) -> _Ended:
    reason: str | None = None
    usage: UsageMetadata | None = None
    length = 0
    async for chunk in model.astream(messages, **options):
        text = str(chunk.text)
        reason = _end_reason(chunk) or reason
        usage = add_usage(usage, chunk.usage_metadata) if chunk.usage_metadata else usage
        if text:
            length += len(text)
            pieces.put(text)
        if length > MOST_CHARS:  # the reader has left or is about to
            break
    return _Ended(None, reason, Tokens(usage["input_tokens"], usage["output_tokens"]) if usage else None)


def _next(pieces: queue.Queue[str | _Ended], deadline: float) -> str | _Ended:
    while (left := deadline - time.monotonic()) > 0:
        check_awaited()
        try:
            return pieces.get(timeout=min(left, ASKED_EVERY_S))
        except queue.Empty:
            continue
    raise ModelFailed(Failure.TIMED_OUT)


def _check_end(ended: _Ended) -> None:
    if ended.error is not None:
        kind = type(ended.error).__name__
        failure = Failure.TIMED_OUT if "Timeout" in kind else Failure.UNREACHABLE
        raise ModelFailed(failure, kind) from ended.error
    if ended.reason is None:
        raise ModelFailed(Failure.UNREACHABLE, "the reply broke off")
    if ended.reason in _FILTERED:
        raise ModelFailed(Failure.REFUSED, ended.reason)
    if ended.reason in _CUT_SHORT:
        raise ModelFailed(Failure.ENDLESS, "the reply reached POLICYQA_CHAT_MAX_TOKENS")


def _end_reason(chunk: AIMessageChunk) -> str | None:
    found = (chunk.response_metadata.get(word) for word in _END_WORDS)
    return next((str(reason) for reason in found if reason), None)


def _model_from(settings: ChatSettings) -> BaseChatModel:
    try:
        return cast(BaseChatModel, init_chat_model(settings.model, **_options(settings)))  # its types are half unknown
    except ImportError as error:
        raise ModelUnusable("bot.chat_package_missing", model=settings.model, package=error.name or error) from error
    except ValueError as error:
        raise ModelUnusable(
            "bot.chat_model_cannot_be_set_up", model=settings.model, reason=str(error).splitlines()[0]
        ) from error


def _options(settings: ChatSettings) -> dict[str, Any]:
    """Names that all of LangChain's models share; no second try, because the deadline is for everything."""
    options: dict[str, Any] = {
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "timeout": settings.timeout_s,
        "max_retries": 0,
    }
    if settings.base_url:
        options["base_url"] = settings.base_url
    if settings.api_key:
        options["api_key"] = settings.api_key.get_secret_value()
    if settings.model.startswith(f"{_OPENAI}:"):
        options |= _openai_options(settings)
    return options


def _openai_options(settings: ChatSettings) -> dict[str, Any]:
    """Servers that speak the protocol know ``max_tokens``; LangChain would send OpenAI's newer word alone."""
    if not settings.base_url:
        if settings.api_key is None:
            raise ModelUnusable("bot.chat_key_missing", model=settings.model)
        return {"use_responses_api": False}
    key = settings.api_key.get_secret_value() if settings.api_key else _NO_KEY
    return {
        "api_key": key,
        "max_tokens": None,
        "extra_body": {"max_tokens": settings.max_tokens},
        "use_responses_api": False,
    }
