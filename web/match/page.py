"""``/match`` and what its script asks for. What somebody writes about themselves is answered and kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Body, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.match.facts.codes import FactCodes
from bot.match.heard import Heard
from bot.match.matching import Matcher, MatcherKeeper, MatchResult, check_profile
from bot.text.language import language_of
from bot.types import Language
from ingest.errors import PolicyQAError
from web.answers.bot_pool import BotDoor
from web.answers.english_beside import EnglishBeside
from web.chat.word_file import MEDIA_TYPE
from web.http.client import TooManyQuestions, client_of
from web.http.error_replies import fault_reply
from web.http.guards import MATCHING, Allowance
from web.http.leaving import while_connected
from web.http.look import look_of
from web.http.one_at_a_time import OneAtATime
from web.http.templates import page_templates
from web.match.files import Told, table_of, word_of
from web.match.form import FormKeeper
from web.match.given import SCRIPT, TRADITIONAL, MatchGiven, facts_given, merged, without_script
from web.match.view import groups_of, match_view
from web.match.words import word
from web.settings import WebSettings
from web.texts import Tongue, colon, disclaimer, joined, say, tongue_wanted

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Sort = Literal["docx", "xlsx"]


class FileWanted(MatchGiven):
    """What ``POST /page/match/file`` takes."""

    sort: Sort


class MatchDesk:
    """Answers the page from the grants of the corpus that is served."""

    def __init__(
        self, door: BotDoor, settings: WebSettings, today: Callable[[], date], matchers: MatcherKeeper
    ) -> None:
        self._door = door
        self._settings = settings
        self._today = today
        self._matchers = matchers
        self._forms = FormKeeper(settings.max_profile_chars)

    def form(self, tongue: Tongue) -> dict[str, object]:
        """What the form of the page offers. Raises ServiceUnavailable while the bot is being loaded."""
        return self._forms.of(self._matchers.of(self._door.bot.corpus), tongue)

    def view(self, given: MatchGiven) -> dict[str, object]:
        """The reply to the page. Raises QuestionUnusable."""
        bot = self._door.bot
        matcher = self._matchers.of(bot.corpus)
        result = self._matched(given, matcher)
        codes = FactCodes(matcher.known_places, matcher.listed)
        beside = EnglishBeside(bot.edition, given.lang)
        return match_view(result, matcher.corpus, codes, given.profile, beside)

    def file(self, given: FileWanted) -> bytes:
        """The results as a file. Raises QuestionUnusable."""
        bot = self._door.bot
        matcher = self._matchers.of(bot.corpus)
        result = self._matched(given, matcher)
        beside = EnglishBeside(bot.edition, given.lang)
        view = match_view(result, matcher.corpus, FactCodes(matcher.known_places, matcher.listed), "", beside)
        facts = cast("list[dict[str, str]]", view["facts"])
        told = Told(
            heading=f"{word('title', given.lang)} {result.as_of.isoformat()}",
            facts=joined((f"{fact['label']}{colon(given.lang)}{fact['value']}" for fact in facts), given.lang),
            summary=word("summary", given.lang, shown=view["shown"], met=view["met"], as_of=view["as_of"]),
            groups=groups_of(result, matcher.corpus, beside),
            closing="\n".join(filter(None, (beside.note(), disclaimer(self._settings, given.lang)))),
        )
        return word_of(told, given.lang) if given.sort == "docx" else table_of(told, given.lang)

    def _matched(self, given: MatchGiven, matcher: Matcher) -> MatchResult:
        """Facts are read, given or decoded, and judged as of today."""
        check_profile(given.profile, self._settings.max_profile_chars)
        language = _language(given)
        if given.codes is not None:
            facts = FactCodes(matcher.known_places, matcher.listed).facts(without_script(given.codes), given.lang)
            return matcher.match(facts, self._today(), language)
        own = facts_given(given, matcher.known_places)
        heard = Heard.of(given.profile)
        if given.read:
            read = matcher.match_profile(given.profile, self._today(), language)
            if not own.facts and not own.who:
                return read
            own = merged(read.facts, own)
        return matcher.match(own, self._today(), language, heard)


def _language(given: MatchGiven) -> Language:
    """That of the page; in Chinese the script of the profile, or of the link or the reply that its facts come from."""
    if given.lang == "en":
        return Language.EN
    linked = (given.codes or {}).get(SCRIPT, given.script)
    traditional = linked == TRADITIONAL or language_of(given.profile) is Language.ZH_HANT
    return Language.ZH_HANT if traditional else Language.ZH


def match_page_routes(
    desk: MatchDesk,
    settings: WebSettings,
    allowance: Allowance,
    today: Callable[[], date],
    queue: OneAtATime,
) -> APIRouter:
    """``GET /match``, ``POST /page/match`` and ``POST /page/match/file``."""
    routes = APIRouter(include_in_schema=False)
    template = page_templates().get_template("match.html")

    def counted(request: Request) -> None:
        if wait := allowance.wait_seconds(client_of(request)):
            raise TooManyQuestions(wait)

    @routes.get(MATCHING)
    def page(request: Request, lang: str | None = None) -> HTMLResponse:
        tongue = tongue_wanted(lang, request.headers.get("accept-language"))
        return HTMLResponse(template.render(**_values(desk.form(tongue), settings, request, tongue)))

    @routes.post("/page/match")
    async def match(request: Request, given: Annotated[MatchGiven, Body()]) -> JSONResponse:
        try:
            counted(request)
            told = await run_in_threadpool(desk.view, given)
        except PolicyQAError as error:
            return fault_reply(request, error, given.lang)
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    @routes.post("/page/match/file", response_class=Response)
    async def file(request: Request, given: Annotated[FileWanted, Body()]) -> Response:
        try:
            counted(request)
            made = await while_connected(request, queue.make(partial(desk.file, given)))
        except PolicyQAError as error:
            return fault_reply(request, error, given.lang)
        name = f'attachment; filename="policyqa-match-{today().isoformat()}.{given.sort}"'
        kind = MEDIA_TYPE if given.sort == "docx" else XLSX_TYPE
        return Response(made, media_type=kind, headers={"Content-Disposition": name, "Cache-Control": "no-store"})

    _ = (page, match, file)  # registered by the decorators
    return routes


def _values(form: dict[str, object], settings: WebSettings, request: Request, tongue: Tongue) -> dict[str, Any]:
    return {
        "root": request.scope.get("root_path", ""),
        "tongue": tongue,
        "other": "zh" if tongue == "en" else "en",
        "t": partial(say, tongue=tongue),
        "m": partial(word, tongue=tongue),
        "look": look_of(request.headers),
        "bureau": settings.bureau_en if tongue == "en" else settings.bureau_zh,
        "disclaimer": disclaimer(settings, tongue),
        "form": json.dumps(form, ensure_ascii=False, separators=(",", ":")),
        "most": settings.max_profile_chars,
    }
