"""What people say of an answer: a thumb, a reason, a free word."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from bot.records.types import Thumb
from ingest.errors import UnusableInput
from web.answers.recording import Ledger
from web.api.requests import StrictRequest
from web.http.client import TooManyQuestions, client_of
from web.http.guards import Allowance

LONGEST_WORDS = 1000  # characters a visitor may write; staff have more room for a correction

Reason = Literal["", "数字不对", "条款不对", "没有回答", "已过期", "其他"]


class FeedbackRequest(StrictRequest):
    """What ``POST /api/feedback`` takes."""

    turn: str = Field(max_length=64, description='The key "turn" of the answer.')
    thumb: Thumb = Field(description='"up" or "down".')
    reason: Reason = Field("", description="What is wrong: 数字不对, 条款不对, 没有回答, 已过期 or 其他.")
    words: str = Field("", max_length=LONGEST_WORDS, description="Anything else, in your own words.")


def feedback_routes(ledger: Ledger, allowance: Allowance) -> APIRouter:
    """``POST /api/feedback``, also for the page. Given again for the same answer, the later one counts alone."""
    routes = APIRouter()

    @routes.post("/page/feedback", include_in_schema=False)  # the page's own address: it has no key to show
    @routes.post("/api/feedback", summary="Say what you think of an answer; the later word replaces the earlier one")
    async def feedback(request: Request, said: Annotated[FeedbackRequest, Body()]) -> JSONResponse:
        wait = allowance.wait_seconds(client_of(request))
        if wait:
            raise TooManyQuestions(wait)
        try:
            await ledger.keep_feedback(said.turn, said.thumb, said.reason, said.words.strip())
        except UnusableInput as error:
            return JSONResponse({"error": str(error)}, status_code=404)
        return JSONResponse({"status": "kept"})

    _ = feedback  # registered by the decorator
    return routes
