"""``POST /api/match``: what the corpus grants to somebody who describes themselves. Their words are kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from bot.match.json_form import match_json
from bot.match.matching import MatcherKeeper, check_profile
from bot.types import Language
from web.answers.bot_pool import BotDoor
from web.http.client import TooManyQuestions, client_of
from web.http.guards import Allowance
from web.settings import WebSettings


class MatchRequest(BaseModel):
    """What ``POST /api/match`` takes."""

    profile: str = Field(description="Who you are in your own words, in Chinese or English.")
    as_of: date | None = Field(None, description="The day judged by, YYYY-MM-DD; today if null.")
    lang: Language | None = Field(None, description="Language of the reasons; that of the profile if null.")


def match_routes(
    door: BotDoor, allowance: Allowance, settings: WebSettings, today: Callable[[], date], keeper: MatcherKeeper
) -> APIRouter:
    """The route, bound to what it needs."""
    routes = APIRouter()

    def matched(asked: MatchRequest) -> dict[str, object]:
        corpus = door.bot.corpus
        result = keeper.of(corpus).match_profile(asked.profile, asked.as_of or today(), asked.lang)
        return match_json(result, corpus, asked.profile)

    @routes.post("/api/match", summary="What the corpus grants to a described company or person")
    async def match(request: Request, asked: Annotated[MatchRequest, Body()]) -> JSONResponse:
        wait = allowance.wait_seconds(client_of(request))
        if wait:
            raise TooManyQuestions(wait)
        check_profile(asked.profile, settings.max_profile_chars)
        told = await run_in_threadpool(matched, asked)
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    _ = match  # FastAPI finds it through the decorator
    return routes
