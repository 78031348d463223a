"""``POST /api/match``: what the corpus grants to somebody who describes themselves. Their words are kept nowhere."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from bot.types import Language
from web.api.answer_service import AnswerService
from web.api.requests import StrictRequest
from web.http.client import client_of


class MatchRequest(StrictRequest):
    """What ``POST /api/match`` takes."""

    profile: str = Field(description="Who you are in your own words, in Chinese or English.")
    as_of: date | None = Field(None, description="The day judged by, YYYY-MM-DD; today if null.")
    lang: Language | None = Field(None, description="Language of the reasons; that of the profile if null.")


def match_routes(service: AnswerService) -> APIRouter:
    """The route, bound to what it needs."""
    routes = APIRouter()

    @routes.post("/api/match", summary="What the corpus grants to a described company or person")
    async def match(request: Request, asked: Annotated[MatchRequest, Body()]) -> JSONResponse:
        service.admit(client_of(request))
        told = await service.match(asked.profile, asked.as_of, asked.lang)
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    _ = match  # FastAPI finds it through the decorator
    return routes
