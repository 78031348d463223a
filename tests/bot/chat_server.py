"""A server that speaks OpenAI's protocol on 127.0.0.1 and says, or does, whatever a test scripts."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Line"], None]


class Line(BaseHTTPRequestHandler):
    """One request; behaviours write to it."""

    protocol_version = "HTTP/1.1"
    server: ScriptedServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen = Seen(self.path, self.headers.get("Authorization", ""), body)
        self.server.seen.append(self.seen)
        try:
            self.server.behaviour(self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up.set()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None: ...

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def piece(self, text: str, reason: str | None = None) -> None:
        chunk = {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "scripted",
            "choices": [
                {
                    "index": 0,
                    "delta": {"role": "assistant", "content": text} if text else {},
                    "finish_reason": reason,
                }
            ],
        }
        self.raw(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n")

    def raw(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def end(self, reason: str = "stop") -> None:
        self.piece("", reason)
        self.raw("data: [DONE]\n\n")


@dataclass(frozen=True)
class Seen:
    path: str
    authorization: str
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        return self.body["messages"][-1]["content"]


class ScriptedServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        self.behaviour: Behaviour = says("")
        self.seen: list[Seen] = []
        self.hung_up = threading.Event()
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()


# ── What a server may do ───────────────────────────────────────────────────────────────────────


def says(text: str, *, piece: int = 7, reason: str = "stop") -> Behaviour:
    """Streams ``text`` in pieces of so many characters and ends as it should."""

    def behave(line: Line) -> None:
        line.begin()
        for start in range(0, len(text), piece):
            line.piece(text[start : start + piece])
        line.end(reason)

    return behave


def escaped(text: str) -> Behaviour:
    """Says ``text`` in one piece, every character but ASCII as JSON's escapes, which can name half of one."""

    def behave(line: Line) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
        chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        line.begin()
        line.raw(f"data: {json.dumps(chunk)}\n\n")
        line.end()

    return behave


def counts(text: str, sent: int, written: int) -> Behaviour:
    """Says ``text`` and, when asked to, what it took, as vLLM and DeepSeek do: in a last chunk without choices."""

    def behave(line: Line) -> None:
        line.begin()
        line.piece(text)
        line.piece("", "stop")
        if line.seen.body.get("stream_options", {}).get("include_usage"):
            usage = {"prompt_tokens": sent, "completion_tokens": written, "total_tokens": sent + written}
            chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []}
            line.raw(f"data: {json.dumps({**chunk, 'usage': usage})}\n\n")
        line.raw("data: [DONE]\n\n")

    return behave


def cannot_count(text: str) -> Behaviour:
    """An older server: an option it does not know is a bad request."""
    return lambda line: (replies(400) if "stream_options" in line.seen.body else says(text))(line)


def replies(status: int, body: str = '{"error": {"message": "no"}}', kind: str = "application/json") -> Behaviour:
    """Answers with an HTTP status, or with something that is no stream."""

    def behave(line: Line) -> None:
        line.send_response(status)
        line.send_header("Content-Type", kind)
        line.send_header("Content-Length", str(len(body.encode())))
        line.send_header("Connection", "close")  # it will be; a second request must not be sent into a dead one
        line.end_headers()
        line.raw(body)

    return behave


def says_then(text: str, then: Behaviour) -> Behaviour:
    """Streams ``text`` and goes on otherwise."""

    def behave(line: Line) -> None:
        line.begin()
        line.piece(text)
        then(line)

    return behave


def hangs(line: Line) -> None:
    """Neither answers nor hangs up."""
    line.server.released.wait()


def drips(line: Line) -> None:
    """Keeps the connection alive with comments that carry nothing."""
    line.begin()
    while not line.server.released.wait(0.02):
        line.raw(": still here\n\n")


def breaks_off(line: Line) -> None:
    """Ends the connection without a word."""


def talks_nonsense(line: Line) -> None:
    line.raw("data: {not json\n\n")


def pours(text: str, times: int) -> Behaviour:
    """Writes ``text`` again and again in one stream."""

    def behave(line: Line) -> None:
        line.begin()
        for _ in range(times):
            line.piece(text)
        line.end()

    return behave
