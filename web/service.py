"""The service: plain routes first, the chat page last, guards around all of it.

The staff area stands between the plain routes and the chat page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from functools import partial

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.match.matching import MatcherKeeper
from web.answers.bot_pool import BotDoor
from web.api.answer_service import AnswerService
from web.api.feedback import feedback_routes
from web.api.matching import match_routes
from web.api.routes import api_routes
from web.chat.front_page import STATIC, FrontPage, Keeping
from web.chat.gradio_page import chat_page
from web.chat.gradio_typed import mount, system_font_theme
from web.chat.stream import page_routes
from web.chat.suggestions import Suggester, suggestion_routes
from web.chat.turns import Desk
from web.chat.word_file import export_routes
from web.http import api_keys
from web.http.api_keys import ApiDoor, ApiKeys
from web.http.body_text import BodyText
from web.http.compared_allowance import Limits
from web.http.error_pages import FaultPages
from web.http.error_replies import add_fault_replies
from web.http.guards import Allowance, ClosedDoors, HeaderRules, PeerKept, RequestSizeLimit, SecurityHeaders
from web.http.intake import HeadAsGet, HearsayDropped, OddPaths
from web.http.metrics import Counting, Meter, Standing, metrics_routes
from web.http.one_at_a_time import OneAtATime
from web.match.page import MatchDesk, match_page_routes
from web.mcp.http import add_tools, say_tools_are_off
from web.mcp.tools import tool_server
from web.openai_api.routes import openai_routes
from web.pages.api_docs import api_docs_routes
from web.pages.library import library_routes
from web.settings import WebSettings
from web.staff.pages import add_staff, open_office, upload_limit
from web.staff.sharing import StaffWorkShared
from web.staff.shell.office import Office

# Gradio keeps what a page shows for an hour after it was closed, some 190 kB each; the oldest go first.
MOST_SESSIONS = 1000
FONTS = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]


def build_service(
    door: BotDoor,
    settings: WebSettings,
    today: Callable[[], date] = date.today,
    office: Office | None = None,
    meter: Meter | None = None,
) -> FastAPI:
    """The whole service as one ASGI application. ``today`` is the day of asking when a client names none.

    Without the records of an ``office`` no answer is kept and no feedback taken; ``meter`` is that of the door.
    """
    office = office or open_office(door, settings, today, None)
    ledger, database, replica = office.ledger, office.database, office.replica

    @asynccontextmanager
    async def until_the_end(_: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as running:
            if tools is not None:
                await running.enter_async_context(tools.session_manager.run())
            limits.start()
            if replica is not None:
                running.enter_context(replica.following())
            if database is not None:
                await asyncio.to_thread(keys.make_ready)
            yield
        await asyncio.to_thread(limits.close)
        await asyncio.to_thread(ledger.close)

    app = FastAPI(
        title="PolicyQA",
        description="Questions about investment policy, answered with the clauses they rest on.",
        docs_url=None,  # its page loads scripts from another host
        redoc_url=None,
        lifespan=until_the_end,
    )
    add_fault_replies(app)
    meter = meter or Meter()
    keys = ApiKeys(settings.api_keys_file or settings.home / api_keys.FILE, office.database)
    limits = Limits(office.database)
    allowance = limits.allowance("questions", settings.questions_per_minute, meter.too_many)
    matchers = MatcherKeeper()
    service = AnswerService(door, allowance, settings, today, ledger, matchers, replica=replica)
    app.include_router(api_routes(service))
    app.include_router(match_routes(service))
    app.include_router(openai_routes(service))
    tools = tool_server(service) if settings.mcp else None
    if tools is not None:
        add_tools(app, tools, settings)
    else:
        say_tools_are_off(app)
    app.include_router(feedback_routes(ledger, Allowance(settings.questions_per_minute, refused=meter.too_many)))
    app.include_router(api_docs_routes(app, keys))
    app.include_router(metrics_routes(meter, keys, settings.metrics_from))
    meter.registry.register(Standing(door, office.records, ledger, replica))
    suggester = Suggester(door, failed=partial(meter.background_failed, "next-questions"))
    app.include_router(suggestion_routes(suggester, Allowance(settings.questions_per_minute)))
    queue = OneAtATime()
    app.include_router(export_routes(settings, Allowance(settings.questions_per_minute), today, queue))
    matching = MatchDesk(door, settings, today, matchers)
    often = Allowance(settings.questions_per_minute, refused=meter.too_many)
    app.include_router(match_page_routes(matching, settings, often, today, queue))
    app.include_router(library_routes(door, settings, today, matchers))
    office = add_staff(app, office)
    app.mount("/ui", StaticFiles(directory=STATIC), name="ui")
    desk = Desk(door, allowance, settings, today, ledger, suggester)
    app.include_router(page_routes(desk))
    _add_chat_page(app, desk, settings)
    calls = limits.allowance("calls", settings.api_requests_per_minute, meter.too_many)
    _add_middleware(app, door, settings, today, office, keys, calls, meter)
    return app


def _add_chat_page(app: FastAPI, desk: Desk, settings: WebSettings) -> None:
    """Gradio's page at the root, behind every route that was added before."""
    page = chat_page(desk, settings)
    # Gradio stops at 40 running events unless told otherwise; mount_gradio_app has no argument for it.
    page.max_threads = 128
    page.state_session_capacity = MOST_SESSIONS
    page.queue(default_concurrency_limit=64, max_size=200)
    mount(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,  # the page has no upload; ClosedDoors refuses it before Gradio sees it
        theme=system_font_theme(FONTS, ["Consolas", "Menlo", "monospace"]),
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )


def _add_middleware(
    app: FastAPI,
    door: BotDoor,
    settings: WebSettings,
    today: Callable[[], date],
    office: Office,
    keys: ApiKeys,
    calls: Allowance,
    meter: Meter,
) -> None:
    """What a request passes through; the last one added is the first one it meets."""
    app.add_middleware(FrontPage, door=door, settings=settings, today=today)
    if office.replica is not None:
        app.add_middleware(StaffWorkShared, office=office, work=office.replica.work)
    app.add_middleware(OddPaths)
    app.add_middleware(FaultPages, settings=settings)
    app.add_middleware(Keeping)
    app.add_middleware(ApiDoor, keys=keys, allowance=calls)
    _guard(app, settings, office)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Counting, meter=meter)
    app.add_middleware(HearsayDropped)
    # Here and not in uvicorn, because whom to believe must know who really opened the connection.
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)
    app.add_middleware(PeerKept)


def _guard(app: FastAPI, settings: WebSettings, office: Office) -> None:
    """The middleware; the last one added is the first one a request meets."""
    # Without this Gradio answers any site's requests with the visitor's cookies allowed.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)  # 9 costs three times the work for a tenth
    app.add_middleware(BodyText)
    app.add_middleware(RequestSizeLimit, max_bytes=settings.max_request_bytes, uploads=partial(upload_limit, office))
    app.add_middleware(ClosedDoors)
    app.add_middleware(SecurityHeaders, rules=HeaderRules(settings.embed_origins))
