"""What a browser gets first: the page's own heading and words at once, and what it may fetch early or keep.

Gradio's page is empty until some sixty files have been fetched in four waves, each named by the one before. Here its
HTML is completed on its way out: our style sheets and scripts, the files of the later waves to be fetched right away,
and a cover in the page's own looks that stands until the page is drawn.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from urllib.parse import parse_qs

import gradio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.answers.bot_pool import BotDoor
from web.api.requests import levels_of
from web.chat.gradio_page import composer_props
from web.chat.turns import about
from web.http.guards import path_within
from web.http.look import look_of
from web.http.templates import page_templates
from web.settings import WebSettings
from web.texts import Tongue, disclaimer, level_name, say, tongue_wanted

STATIC = Path(__file__).parents[1] / "static"
STYLES = ("colours.css", "chat.css")
SCRIPTS = (
    "page.js", "look.js", "asking.js", "keeping.js", "feedback.js", "tables.js", "exports.js", "evidence.js", "answers.js",
    "chat.js",
)  # fmt: skip  # in the order they need one another
EARLY = Path(__file__).parents[1] / "early_files.txt"
FOR_EVER = "public, max-age=31536000, immutable"

_CONFIG = re.compile(rb"(<script>window\.gradio_config = )(\{.*?\})(;\s*</script>)", re.DOTALL)
# Gradio introduces the page to other sites as its own, with pictures from elsewhere.
_INTRODUCTIONS = re.compile(rb'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
# It also names the address it was asked for. Its script takes the path alone as well, and the browser knows the rest,
# whatever a proxy or a visitor says of them.
_ROOT = re.compile(rb'("root":|const root = )"https?://[^/"]*/?([^"]*)"')


@cache
def versioned(name: str) -> str:
    """The address of a file of ours, relative to the front page and new whenever the file changes."""
    return f"ui/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@cache
def early_files() -> tuple[str, ...]:
    """The files of Gradio that the page will ask for; none for a Gradio other than the one they were listed for."""
    version, *names = EARLY.read_text("utf-8").split()
    return tuple(names) if version == gradio.__version__ else ()


class FrontPage:
    """Completes the HTML of ``/``; everything else passes through."""

    def __init__(self, app: ASGIApp, door: BotDoor, settings: WebSettings, today: Callable[[], date]) -> None:
        self._app = app
        self._door = door
        self._settings = settings
        self._today = today
        templates = page_templates()
        self._head = templates.get_template("front_head.html")
        self._cover = templates.get_template("cover.html")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or path_within(scope) != "/":
            await self._app(scope, receive, send)
            return
        started: list[Message] = []
        parts: list[bytes] = []

        async def completing(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            elif message["type"] == "http.response.body" and message.get("more_body", False):
                parts.append(message["body"])
            elif message["type"] == "http.response.body":
                body = b"".join((*parts, message.get("body", b"")))
                body = self._completed_if_html(body, started[0], scope)  # this also sets its headers
                await send(started[0])
                await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        # Gradio would fail on the name of a page that it does not have, and looks for nothing else that is ours.
        await self._app({**scope, "query_string": b""}, receive, completing)

    def _completed_if_html(self, body: bytes, start: Message, scope: Scope) -> bytes:
        headers = MutableHeaders(scope=start)
        if not headers.get("content-type", "").startswith("text/html"):
            return body
        body = self._completed(body, scope)
        headers["Content-Length"] = str(len(body))
        headers["Cache-Control"] = "no-cache"
        return body

    def _completed(self, html: bytes, scope: Scope) -> bytes:
        headers = Headers(scope=scope)
        asked = {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
        tongue = tongue_wanted(asked.get("lang"), headers.get("accept-language"))
        words = self._words(asked, tongue == "en")
        head = self._head.render(styles=STYLES, scripts=SCRIPTS, versioned=versioned, early=early_files(), **words)
        look = look_of(headers)
        opening = f'<html lang="{words["lang"]}" data-scheme="{look.scheme}" data-text="{look.text}"'.encode()
        html = _ROOT.sub(rb'\1"/\2"', _INTRODUCTIONS.sub(b"", html)).replace(b'<html\n\tlang="en"', opening, 1)
        html = html.replace(b"<head>", b"<head>" + head.encode(), 1)
        levels = levels_of(self._door.bot.corpus) if self._door.is_open else []
        html = _CONFIG.sub(lambda found: _speaking(found, tongue, levels), html, count=1)
        return html.replace(b"<gradio-app", self._cover.render(**words).encode() + b"<gradio-app", 1)

    def _words(self, asked: Mapping[str, str], english: bool) -> dict[str, object]:
        tongue = "en" if english else "zh"
        bot = self._door.bot if self._door.is_open else None
        told = about(bot.corpus, bot.edition, self._today()) if bot else None
        levels = ("、", ", ")[english].join(level_name(level, tongue) for level, _ in told["levels"]) if told else ""
        return {
            "lang": "en" if english else "zh-CN",
            "tongue": tongue,
            "title": say("title", tongue),
            "tagline": (self._settings.bureau_en if english else self._settings.bureau_zh) or say("tagline", tongue),
            "knows": told and say("knows", tongue, **{**told, "levels": levels, "region": told["region_en" if english else "region"]}),
            "t": partial(say, tongue=tongue),
            "disclaimer": disclaimer(self._settings, tongue),
            "arriving": bool(asked.keys() & {"q", "clause"}),
        }  # fmt: skip


def _speaking(config: re.Match[bytes], tongue: Tongue, levels: list[str]) -> bytes:
    """Gradio's description of its components with their words in the language of the visit, so that none is drawn in another."""
    described = json.loads(config[2])
    described["title"] = say("title", tongue)
    props = composer_props(tongue, levels)
    for component in described["components"]:
        component["props"].update(props.get(component["props"].get("elem_id"), {}))
    return config[1] + _for_script(described).encode() + config[3]


def _for_script(data: object) -> str:
    """JSON that ends no script element, whatever it holds."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&'\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return written


class Keeping:
    """Tells browsers which files never change under their name, and that the others must be asked for again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_within(scope) if scope["type"] == "http" else ""
        if not path.startswith(("/assets/", "/ui/")):
            await self._app(scope, receive, send)
            return
        # Gradio's files carry their digest in their name, ours in their query.
        fixed = path.startswith("/assets/") or scope["query_string"].startswith(b"v=")

        async def with_header(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                MutableHeaders(scope=message)["Cache-Control"] = FOR_EVER if fixed else "no-cache"
            await send(message)

        await self._app(scope, receive, with_header)
