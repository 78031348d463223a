"""Frames of 企业微信's bots read and made; what a message of a person says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast
from uuid import uuid4

from web.channels.channel import Incoming, Kind

MOST_BYTES = 20_000  # of a message, below the platform's 20,480
CUT = "……"
# Behind a name that was chosen from its list the platform writes U+2005; one typed by hand has any blank, or none.
_CHOSEN = re.compile("@[^@\u2005\n]{1,64}\u2005")
_TYPED = re.compile(r"^\s*(?:@\S+\s+)+")
_BEFORE_WORDS = re.compile(r"^[@\s,，:：、]+")
Frame = Mapping[str, Any]


def incoming(frame: Frame, name: str = "") -> Incoming | None:
    """A frame of the platform as a message; None for what needs no reply. In a group the bot's ``name`` is cut out."""
    body = _part(frame, "body")
    ticket, person = ticket_of(frame), str(_part(body, "from").get("userid", ""))
    alone = body.get("chattype", "single") == "single"
    chat = person if alone else str(body.get("chatid", ""))
    identity = str(body.get("msgid") or ticket)
    if frame.get("cmd") == "aibot_event_callback":
        arrived = event_of(frame) == "enter_chat"
        return Incoming(identity, person, chat, Kind.ARRIVED, "", ticket, alone) if arrived else None
    text = _text_in(body)
    kind = Kind.UNREADABLE if text is None else Kind.TEXT
    bare = (text or "").strip() if alone else without_mentions(text or "", name)
    return Incoming(identity, person, chat, kind, bare, ticket, alone)


def without_mentions(text: str, name: str) -> str:
    """What somebody asks in a group. Behind a mention without a blank only a ``name`` that is known can be told from it."""
    bare = _CHOSEN.sub(" ", text)
    if name:
        bare = bare.replace(f"@{name}", " ")
    return _BEFORE_WORDS.sub("", _TYPED.sub("", bare)).strip()


def shortened(markdown: str) -> str:
    """As much of a message as the platform takes, and a sign that there was more."""
    raw = markdown.encode()
    if len(raw) <= MOST_BYTES:
        return markdown
    return raw[: MOST_BYTES - len(CUT.encode())].decode(errors="ignore") + CUT


def _text_in(body: Frame) -> str | None:
    """The words of a text, of speech that was written down, or of the texts between pictures; None when there are none."""
    kind = str(body.get("msgtype", ""))
    if kind in ("text", "voice"):
        return str(_part(body, kind).get("content", ""))
    if kind != "mixed":
        return None
    items = cast("list[Frame]", _part(body, "mixed").get("msg_item", []))
    return (
        "\n".join(str(_part(one, "text").get("content", "")) for one in items if one.get("msgtype") == "text") or None
    )


def event_of(frame: Frame) -> str:
    """The kind of an event; empty for what is none."""
    return str(_part(_part(frame, "body"), "event").get("eventtype", ""))


def ticket_of(frame: Frame) -> str:
    """What ties a reply to its message, and an acknowledgement to a reply."""
    return str(_part(frame, "headers").get("req_id", ""))


def errcode_of(frame: Frame) -> int:
    """What the platform says of a frame of ours; 0 when it took it."""
    code = frame.get("errcode", 0)
    return code if isinstance(code, int) else 0


def _part(of: Frame, name: str) -> Frame:
    value = of.get(name)
    return cast("Frame", value) if isinstance(value, dict) else {}


def read(raw: str | bytes) -> Frame:
    """One frame; what is no JSON object is an empty one."""
    try:
        told: object = json.loads(raw)
    except ValueError:
        return {"cmd": "unreadable"}
    return cast("Frame", told) if isinstance(told, dict) else {"cmd": "unreadable"}


def frame_text(command: str, ticket: str, body: Frame | None) -> str:
    """A frame of ours as it is sent."""
    frame: dict[str, Any] = {"cmd": command, "headers": {"req_id": ticket}}
    return json.dumps(frame if body is None else {**frame, "body": body}, ensure_ascii=False)


def text_body(content: str) -> Frame:
    """The body of a message of plain text."""
    return {"msgtype": "text", "text": {"content": shortened(content)}}


def markdown_body(content: str) -> Frame:
    """The body of a message of Markdown."""
    return {"msgtype": "markdown", "markdown": {"content": shortened(content)}}


def new_id(what: str) -> str:
    """An id that nothing else has."""
    return f"{what}_{uuid4().hex}"
