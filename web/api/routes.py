"""The HTTP interface for programs: ask, search, clauses, documents, health."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import Field

from bot.output.json_form import answer_json, sentence_json
from bot.types import Question
from ingest.errors import PolicyQAError, ServiceUnavailable
from ingest.sentences import Sentence
from web.answers.cards import clause_json, document_json
from web.answers.recording import Asker, Ledger
from web.api.answer_service import AnswerService, Kept
from web.api.requests import AskRequest, SearchRequest, StrictRequest
from web.http.client import client_of
from web.http.guards import path_within
from web.http.leaving import while_connected
from web.replicas.replica import Replica

NO_STORE = {"Cache-Control": "no-store"}
STREAMED = {**NO_STORE, "X-Accel-Buffering": "no"}
MOST_DOCUMENTS = 500  # of one page


class DocumentsPage(StrictRequest):
    """Which documents ``GET /api/documents`` lists."""

    offset: int = Field(0, ge=0, description="Documents to leave out before the first.")
    limit: int = Field(MOST_DOCUMENTS, ge=1, le=MOST_DOCUMENTS, description="How many documents at most.")


SIGN_OF_LIFE = ": working\n\n"
"""A comment of the stream, sent at once: a language model may take seconds to its first sentence. Readers pass it over."""


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _kept_json(kept: Kept, service: AnswerService) -> dict[str, object]:
    """The answer as JSON with the id feedback is given under; null when it is not kept. Of several replicas also its version."""
    version = {} if service.replica is None else {"version": kept.version}
    return {**answer_json(kept.answer), "turn": kept.turn, **version}


def _replica_told(replica: Replica | None) -> dict[str, object]:
    """Of one of several: which, what it answers from, and whether that may not be what was published last."""
    if replica is None:
        return {}
    # The reason names machines and folders, which concern nobody out there; it stands in the log.
    behind = {} if replica.follower.behind is None else {"behind": Sentence("web.behind")}
    return {"replica": replica.name, "version": replica.version, **behind}


def _database_told(ledger: Ledger) -> dict[str, object]:
    """Of a service whose records others share: whether they can be reached, and what waits for them."""
    if not ledger.is_shared:
        return {}
    now = ledger.keeping()
    since = now.since.isoformat() if now.since else None
    return {"database": {"reached": since is None, "since": since, "records_waiting": now.waiting}}


async def _events(service: AnswerService, question: Question, asker: Asker) -> AsyncIterator[str]:
    yield SIGN_OF_LIFE
    try:
        async with aclosing(service.stream(question, asker)) as parts:
            async for part in parts:
                if isinstance(part, list):
                    for sentence in part:
                        yield _event("sentence", sentence_json(sentence))
                else:
                    yield _event("done", _kept_json(part, service))
    except PolicyQAError as error:
        yield _event("error", {"error": str(error)})


def api_routes(service: AnswerService) -> APIRouter:
    """The routes, bound to what they need."""
    routes = APIRouter()

    @routes.post(
        "/api/ask", response_model=None, summary="Ask a question; Accept: text/event-stream streams the answer"
    )
    async def ask(request: Request, asked: Annotated[AskRequest, Body()]) -> JSONResponse | StreamingResponse:
        service.admit(client_of(request))
        question = service.question(asked)
        asker = Asker(asked.conversation, client_of(request))
        if "text/event-stream" in request.headers.get("accept", ""):
            events = _events(service, question, asker)
            return StreamingResponse(events, media_type="text/event-stream", headers=STREAMED)
        kept = await while_connected(request, service.ask(question, asker))
        return JSONResponse(_kept_json(kept, service), headers=NO_STORE)

    @routes.post("/api/search", summary="Find clauses with their scores, without an answer")
    async def search(request: Request, asked: Annotated[SearchRequest, Body()]) -> JSONResponse:
        service.admit(client_of(request))
        return JSONResponse(await while_connected(request, service.search(asked)), headers=NO_STORE)

    _add_corpus_routes(routes, service)
    _ = (ask, search)  # FastAPI finds routes through the decorators; naming them tells the type checker they are used
    return routes


def _add_corpus_routes(routes: APIRouter, service: AnswerService) -> None:
    door, today = service.door, service.today

    @routes.get("/api/clauses/{clause_id:path}", summary="One clause with its facts")
    def clause(clause_id: str) -> JSONResponse:
        corpus = door.bot.corpus
        found = corpus.clause_by_id.get(clause_id)
        if found is None:
            return JSONResponse({"error": f"There is no clause {clause_id!r}."}, status_code=404)
        return JSONResponse(clause_json(found, corpus, today()))

    @routes.get("/api/documents", summary="Documents with their facts, a page of them; the header Link names the next")
    def documents(request: Request, page: Annotated[DocumentsPage, Query()]) -> JSONResponse:
        corpus = door.bot.corpus
        end = page.offset + page.limit
        shown = corpus.documents[page.offset : end]

        def held(document: str) -> int:
            return len(corpus.lookup.of_documents((document,)))

        headers = {"X-Total-Count": str(len(corpus.documents))}
        if end < len(corpus.documents):
            following = request.url.include_query_params(offset=end, limit=page.limit).query
            path = request.scope.get("root_path", "") + path_within(request.scope)
            headers["Link"] = f'<{path}?{following}>; rel="next"'
        return JSONResponse([document_json(one, held(one.id), today()) for one in shown], headers=headers)

    # These two wait for no thread of the pool: they are asked when all of them may be held.
    @routes.get("/healthz", summary="Whether the process answers")
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok", **_replica_told(service.replica), **_database_told(service.ledger)})

    @routes.get("/readyz", summary="Whether questions can be answered")
    async def readyz() -> JSONResponse:
        if not door.is_open:
            raise ServiceUnavailable("web.still_loading")
        return JSONResponse({"status": "ready", "clauses": len(door.bot.corpus.clauses)})

    _ = (clause, documents, healthz, readyz)
