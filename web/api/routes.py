"""The HTTP interface for programs: ask, clauses, documents, health."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from bot.output.json_form import answer_json, sentence_json
from bot.types import Answer, Language, Question
from index.types import Filters
from ingest.errors import PolicyQAError, QuestionUnusable, ServiceUnavailable
from ingest.types import Corpus
from ingest.vocabulary.levels import widest_first
from web.answers.bot_pool import MOST_AT_ONCE, BotDoor
from web.answers.cards import clause_json, document_json
from web.answers.recording import Asker, Ledger
from web.http.client import TooManyQuestions, client_of
from web.http.guards import Allowance
from web.http.leaving import while_connected
from web.settings import WebSettings


class AskRequest(BaseModel):
    """What ``POST /api/ask`` takes."""

    question: str = Field(description="The question, in Chinese or English.")
    turns: list[str] = Field(
        default_factory=list[str], description="Earlier questions of the conversation, oldest first."
    )
    as_of: date | None = Field(None, description="The day of asking, YYYY-MM-DD; today if null.")
    level: str | None = Field(None, description="Only policies of this level, as 国家 or 市; all if null.")
    document: str | None = Field(None, description="Only this document, by its id (GET /api/documents); all if null.")
    lang: Language | None = Field(None, description="Answer in zh, zh-hant or en; the question's language if null.")
    conversation: str = Field("", max_length=64, description="Your name for the conversation; groups kept answers.")


def levels_of(corpus: Corpus) -> list[str]:
    """The levels of the corpus from the nation downwards; others after them, in the order of their first document."""
    return list(widest_first(document.level for document in corpus.documents if document.level))


def question_from(asked: AskRequest, corpus: Corpus, settings: WebSettings, today: date) -> Question:
    """A checked question. Raises QuestionUnusable when it is too long, its level or its document unknown."""
    for text in (asked.question, *asked.turns):
        if len(text) > settings.max_question_chars:
            raise QuestionUnusable("web.question_too_long", characters=len(text), most=settings.max_question_chars)
    levels = levels_of(corpus)
    if asked.level and asked.level not in levels:
        raise QuestionUnusable("web.no_such_level", level=asked.level, levels="、".join(levels))
    if asked.document and asked.document not in corpus.document_by_id:
        raise QuestionUnusable("web.no_such_document", document=asked.document)
    chosen = Filters(
        levels=frozenset({asked.level} if asked.level else ()),
        documents=frozenset({asked.document} if asked.document else ()),
    )
    earlier = asked.turns[-settings.max_turns :]
    turns = (*earlier, asked.question)
    return Question(turns, asked.as_of or today, chosen, chosen_language=asked.lang)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


async def _kept(answer: Answer, ledger: Ledger, asker: Asker) -> dict[str, object]:
    """The answer as JSON with the id feedback is given under; null when it is not kept."""
    return {**answer_json(answer), "turn": await ledger.keep(answer, asker)}


async def _events(door: BotDoor, question: Question, ledger: Ledger, asker: Asker) -> AsyncIterator[str]:
    try:
        async with aclosing(door.stream(question)) as parts:  # leaving early must reach the work
            async for part in parts:
                if isinstance(part, list):
                    for sentence in part:
                        yield _event("sentence", sentence_json(sentence))
                else:
                    yield _event("done", await _kept(part, ledger, asker))
    except PolicyQAError as error:
        yield _event("error", {"error": str(error)})


def api_routes(
    door: BotDoor, allowance: Allowance, settings: WebSettings, today: Callable[[], date], ledger: Ledger
) -> APIRouter:
    """The routes, bound to what they need."""
    routes = APIRouter()

    @routes.post(
        "/api/ask", response_model=None, summary="Ask a question; Accept: text/event-stream streams the answer"
    )
    async def ask(request: Request, asked: Annotated[AskRequest, Body()]) -> JSONResponse | StreamingResponse:
        wait = allowance.wait_seconds(client_of(request))
        if wait:
            raise TooManyQuestions(wait)
        if door.answering >= MOST_AT_ONCE:
            raise ServiceUnavailable("web.too_many_questions")
        question = question_from(asked, door.bot.corpus, settings, today())
        asker = Asker(asked.conversation, client_of(request))
        if "text/event-stream" in request.headers.get("accept", ""):
            headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            return StreamingResponse(
                _events(door, question, ledger, asker), media_type="text/event-stream", headers=headers
            )
        answer = await while_connected(request, door.ask(question))
        told = await _kept(answer, ledger, asker)
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    @routes.get("/api/clauses/{clause_id:path}", summary="One clause with its facts")
    def clause(clause_id: str) -> JSONResponse:
        corpus = door.bot.corpus
        found = corpus.clause_by_id.get(clause_id)
        if found is None:
            return JSONResponse({"error": f"There is no clause {clause_id!r}."}, status_code=404)
        return JSONResponse(clause_json(found, corpus, today()))

    @routes.get("/api/documents", summary="All documents with their facts")
    def documents() -> JSONResponse:
        corpus = door.bot.corpus
        counts = Counter(clause.document for clause in corpus.clauses)
        return JSONResponse([document_json(document, counts[document.id], today()) for document in corpus.documents])

    # These two wait for no thread of the pool: they are asked when all of them may be held.
    @routes.get("/healthz", summary="Whether the process answers")
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @routes.get("/readyz", summary="Whether questions can be answered")
    async def readyz() -> JSONResponse:
        if not door.is_open:
            raise ServiceUnavailable("web.still_loading")
        return JSONResponse({"status": "ready", "clauses": len(door.bot.corpus.clauses)})

    # FastAPI finds routes through the decorators above; naming them here tells the type checker they are used.
    _ = (ask, clause, documents, healthz, readyz)
    return routes
