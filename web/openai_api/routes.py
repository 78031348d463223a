"""``/v1/chat/completions`` and ``/v1/models``, so that any client of the OpenAI protocol can ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse, StreamingResponse

from bot.text.language import language_of_question
from bot.types import AnswerSentence, Language, Question
from ingest.errors import PolicyQAError
from web.answers.cards import sentences_of
from web.answers.recording import Asker
from web.api.answer_service import AnswerService, Kept
from web.api.routes import NO_STORE, STREAMED
from web.http.client import FieldUnusable, client_of
from web.http.fault_form import OPENAI, fault_body
from web.http.leaving import while_connected
from web.openai_api.replies import Completion, event, notices_of, ours, sources_of, spoken
from web.openai_api.requests import MODEL, ChatRequest, check_model

DONE = "data: [DONE]\n\n"
BEGUN = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())  # models have a day of making; clients only sort by it
THE_MODEL = {"id": MODEL, "object": "model", "created": BEGUN, "owned_by": MODEL}


def openai_routes(service: AnswerService) -> APIRouter:
    """The routes, bound to what they need."""
    routes = APIRouter()

    @routes.get("/v1/models", summary="The models of the OpenAI protocol: one")
    def models() -> JSONResponse:
        return JSONResponse({"object": "list", "data": [THE_MODEL]})

    @routes.get("/v1/models/{name}", summary="That one model")
    def model(name: str) -> JSONResponse:
        check_model(name)
        return JSONResponse(THE_MODEL)

    @routes.post("/v1/chat/completions", response_model=None, summary="Ask in the form of the OpenAI protocol")
    async def chat(request: Request, asked: Annotated[ChatRequest, Body()]) -> JSONResponse | StreamingResponse:
        wanted = asked.asked(service.settings.max_question_chars)
        service.admit(client_of(request))
        try:
            question = service.question(wanted)
        except FieldUnusable as error:
            if error.field == "question":
                error.field = asked.place_of_question
            raise
        asker = Asker(wanted.conversation, client_of(request), names_a_person=True)
        completion = Completion(f"chatcmpl-{uuid4().hex}", datetime.now(UTC))
        if asked.stream:
            reports_usage = asked.stream_options is not None and asked.stream_options.include_usage
            events = _events(service, question, asker, completion, reports_usage)
            return StreamingResponse(events, media_type="text/event-stream", headers=STREAMED)
        kept = await while_connected(request, service.ask(question, asker))
        prompt = "".join(question.turns)
        return JSONResponse(completion.whole(kept.answer, kept.turn, service, prompt), headers=NO_STORE)

    @routes.api_route("/v1/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def nothing(request: Request, rest: str) -> JSONResponse:
        status, there = (405, "POST") if rest == "chat/completions" else (404, "")
        sentence = (
            f"There is no {request.method} /v1/{rest} here; there are POST /v1/chat/completions and GET /v1/models."
        )
        headers = {"Allow": there} if there else None
        return JSONResponse(fault_body(OPENAI, status, sentence), status_code=status, headers=headers)

    _ = (models, model, chat, nothing)  # registered by the decorators
    return routes


async def _events(
    service: AnswerService, question: Question, asker: Asker, completion: Completion, reports_usage: bool
) -> AsyncIterator[str]:
    """Deltas whose texts joined are the content that is sent unstreamed, then the sources, then the end."""
    said, language = "", language_of_question(question)
    yield completion.chunk({"role": "assistant", "content": ""})
    try:
        async with aclosing(service.stream(question, asker)) as parts:
            async for part in parts:
                more = _further(said, part, language)
                said += more
                if more:
                    yield completion.chunk({"content": more})
                if isinstance(part, Kept):
                    sources = sources_of(part.answer, service)
                    yield completion.chunk({"annotations": sources} if sources else {})
                    yield completion.chunk({}, "stop", policyqa=ours(part.answer, part.turn))
    except PolicyQAError as error:
        yield event(fault_body(OPENAI, 503, str(error)))
        return
    if reports_usage:
        yield completion.used("".join(question.turns), said)
    yield DONE


def _further(said: str, part: list[AnswerSentence] | Kept, language: Language) -> str:
    """What is new in a part of the stream. The last part adds what no sentence before it said."""
    if isinstance(part, list):
        return (" " if said and language is Language.EN else "") + spoken(part, language)
    answer = part.answer
    body = spoken(sentences_of(answer), answer.language)
    return (body.removeprefix(said) if body.startswith(said) else "") + notices_of(answer)
