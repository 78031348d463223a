r"""Refuses bodies whose text is none: bytes that are not UTF-8, and escapes of half a character, as ``"\ud800"``.

JSON lets both in, but a text that holds them can be neither sent nor kept. Refused here, before anything reads them,
they need no care anywhere else.
"""

from __future__ import annotations

import json
import re
from typing import cast
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.http.fault_form import fault_body, fault_status
from web.http.guards import BODILESS, path_within, tongue_asked
from web.texts import say

# One escape at a time, so that the second backslash of "\\ud800" begins none; two halves in their order are a whole.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_UTF_8_OR_NONE = re.compile(r"(?:(?!charset).)*(?:charset=\"?utf-?8\"?(?:(?!charset).)*)?", re.IGNORECASE)


class BodyText:
    """Lets through what is text from end to end. A form with files is read by its parser; its fields' charset counts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in BODILESS:
            await self._app(scope, receive, send)
            return
        kind = Headers(scope=scope).get("content-type", "").strip()
        if kind.lower().startswith("multipart/"):
            body, waiting, fine = b"", list[Message](), _UTF_8_OR_NONE.fullmatch(kind) is not None
        else:
            body = await _whole(receive)  # no larger than RequestSizeLimit allows, which has read it already
            waiting = [{"type": "http.request", "body": body, "more_body": False}]
            fine = is_form_text(body) if kind.lower().startswith("application/x-www-form") else is_json_text(body)
        if not fine:
            sentence = say("no_text", tongue_asked(scope, _named_tongue(body)))
            path = path_within(scope)
            told = fault_body(path, 422, sentence)
            await JSONResponse(told, status_code=fault_status(path, 422))(scope, receive, send)
            return

        async def replayed() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, replayed, send)


async def _whole(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return b"".join(parts)


def is_json_text(body: bytes) -> bool:
    """Whether every text of a JSON document has whole characters only.

    Zero bytes stand in no JSON of UTF-8, but would make Python read it as UTF-16 or UTF-32.
    """
    return b"\0" not in body and _is_utf_8(body) and not any(escape[1] for escape in _ESCAPE.finditer(body))


def is_form_text(body: bytes) -> bool:
    """Whether the fields of an encoded form are UTF-8."""
    return _is_utf_8(unquote_to_bytes(body))


def _is_utf_8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _named_tongue(body: bytes) -> object:
    """The language of the page that sends, which it names with everything it sends."""
    try:
        told: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    fields = cast("dict[str, object]", told) if isinstance(told, dict) else {}
    return fields.get("tongue") or fields.get("lang")
