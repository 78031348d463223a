from __future__ import annotations

import asyncio

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from web.answers.bot_pool import BotDoor
from web.http.guards import MAX_CLIENTS, Allowance, RequestSizeLimit, is_closed
from web.service import build_service
from web.settings import WebSettings


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_allowance_refills_evenly() -> None:
    clock = Clock()
    allowance = Allowance(2, clock)
    assert [allowance.wait_seconds("a") for _ in range(3)] == [0, 0, 31]
    clock.now = 29.0
    assert allowance.wait_seconds("a") > 0
    clock.now = 31.0
    assert [allowance.wait_seconds("a"), allowance.wait_seconds("a") > 0] == [0, True]


def test_clients_do_not_share_their_allowance() -> None:
    allowance = Allowance(1, Clock())
    assert [allowance.wait_seconds(client) > 0 for client in ("a", "b", "a")] == [False, False, True]


def test_the_longest_silent_client_is_forgotten() -> None:
    allowance = Allowance(1, Clock())
    for number in range(MAX_CLIENTS + 1):
        allowance.wait_seconds(str(number))
    assert len(allowance._buckets) == MAX_CLIENTS
    assert allowance.wait_seconds("0") == 0


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("POST", "/gradio_api/upload/"),
        ("GET", "/gradio_api/proxy=http://example.com"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/call/ask"),
        ("POST", "/gradio_api/run/predict"),
        ("POST", "/gradio_api/api/predict"),
        ("GET", "/gradio_api/deep_link"),
        ("GET", "/gradio_api/info"),
        ("GET", "/monitoring"),
    ],
)
def test_what_the_page_does_not_use_is_closed(client: TestClient, method: str, path: str) -> None:
    reply = client.request(method, path)
    assert reply.status_code == 403
    assert set(reply.json()) == {"error"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/gradio_api/queue/data"),
        ("GET", "/gradio_api/heartbeat/x"),
        ("GET", "/"),
    ],
)
def test_what_the_page_uses_is_open(method: str, path: str) -> None:
    assert not is_closed(method, path)


def test_a_file_cannot_be_uploaded(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"x")}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/api/documents", "/library"])
def test_no_other_site_may_read_a_reply(client: TestClient, path: str) -> None:
    headers = {"Origin": "https://elsewhere.example", "Host": "policy.example.gov.cn"}
    reply = client.get(path, headers=headers)
    assert reply.status_code == 200
    assert not [name for name in reply.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/", "/library", "/healthz", "/ui/chat.js", "/nowhere", "/gradio_api/upload"])
def test_every_reply_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_our_own_pages_run_no_script_at_all(client: TestClient) -> None:
    assert "script-src 'none'" in client.get("/library").headers["content-security-policy"]


def test_only_the_sites_of_the_settings_may_embed_the_page(bot, settings: WebSettings) -> None:
    chosen = settings.model_copy(update={"embed_origins": ("https://www.example.gov.cn",)})
    door = BotDoor(1)
    door.open(bot)
    with TestClient(build_service(door, chosen)) as client:
        headers = client.get("/").headers
    assert "frame-ancestors 'self' https://www.example.gov.cn" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


def test_under_a_prefix_the_doors_stay_closed(bot, settings: WebSettings) -> None:
    door = BotDoor(1)
    door.open(bot)
    with TestClient(build_service(door, settings), root_path="/zc") as client:
        assert client.post("/zc/gradio_api/upload").status_code == 403
        library = client.get("/zc/library")
        assert 'href="/zc/ui/library.css"' in library.text
        assert "script-src 'none'" in library.headers["content-security-policy"]


def test_half_a_request_is_none() -> None:
    """Whoever leaves in the middle of a form has not sent the first half of it."""
    acted: list[Message] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        acted.append(await receive())

    came: list[Message] = [
        {"type": "http.request", "body": b"name=talent&text=the first ha", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return came.pop(0)

    async def send(message: Message) -> None:
        raise AssertionError("nobody is there to hear it")

    scope = {"type": "http", "method": "POST", "path": "/staff/glossary/put", "headers": []}
    asyncio.run(RequestSizeLimit(application, 4096)(scope, receive, send))
    assert acted == []
