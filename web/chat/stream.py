"""What the page's own script asks of the server: how it stands, and answers while they are written.

Gradio could carry questions, too, but its page keeps only the newest of the updates that come within one frame and
may lose an event that is sent while its stream is being closed. A question must never be lost.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from ingest.errors import ServiceUnavailable
from web.chat.ask_request import Wish
from web.chat.turns import Desk
from web.http.client import client_of
from web.texts import Tongue

WELCOME_WAIT_S = 20.0  # below the minute after which proxies give up; the page asks again
NOT_KEPT = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class PageQuestion(BaseModel):
    """What ``POST /page/ask`` takes; Desk says in the page's own words what is too long or too much."""

    question: str = Field(min_length=1)
    earlier: list[str] = Field(default_factory=list[str])
    conversation: str = Field("", max_length=64)
    level: str = ""
    document: str = ""
    alone: bool = False
    tongue: Tongue = "zh"

    def wish(self) -> Wish:
        """The same as a value of ours."""
        return Wish(
            self.question.strip(),
            tuple(self.earlier),
            self.level,
            self.document,
            self.conversation,
            self.alone,
            self.tongue,
        )


def page_routes(desk: Desk, welcome_wait_s: float = WELCOME_WAIT_S) -> APIRouter:
    """``GET /page/welcome`` and ``POST /page/ask``, which streams the messages of ``web.chat.turns`` as events."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/page/welcome")
    async def welcome(request: Request) -> JSONResponse:
        try:
            await asyncio.wait_for(desk.door.wait_open(), welcome_wait_s)
        except TimeoutError as error:
            raise ServiceUnavailable("web.still_loading") from error
        return JSONResponse(desk.welcome(request.query_params), headers=NOT_KEPT)

    @routes.post("/page/ask")
    async def ask(request: Request, asked: Annotated[PageQuestion, Body()]) -> StreamingResponse:
        events = _events(desk, asked.wish(), client_of(request))
        return StreamingResponse(events, media_type="text/event-stream", headers=NOT_KEPT)

    _ = (welcome, ask)  # registered by the decorators
    return routes


async def _events(desk: Desk, wish: Wish, client: str) -> AsyncIterator[str]:
    async with aclosing(desk.answer(wish, client)) as turns:
        async for turn in turns:
            yield f"data: {json.dumps(turn, ensure_ascii=False)}\n\n"
