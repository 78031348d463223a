"""HEAD, forged headers and endless names, against the service as it stands."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import LittleBot
from web.answers.bot_pool import BotDoor
from web.http.intake import LONGEST_NAME, LONGEST_PATH, is_odd
from web.service import build_service
from web.settings import WebSettings

EVIL = "evil.example"
PAGES = ("/healthz", "/readyz", "/", "/?lang=en", "/library", "/library/talent-30", "/library/none", "/api/docs",
         "/api/documents", "/api/none", "/openapi.json", "/ui/chat.js", "/page/welcome", "/config", "/theme.css",
         "/staff", "/staff/login", "/metrics", "/none")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    got, head = (client.request(method, path, follow_redirects=False) for method in ("GET", "HEAD"))
    assert head.status_code == got.status_code
    assert head.content == b""
    of_each = {"set-cookie", "content-length" if path == "/metrics" else ""}
    assert {n: v for n, v in head.headers.items() if n not in of_each} == {
        n: v for n, v in got.headers.items() if n not in of_each
    }


def test_head_waits_for_no_events(client: TestClient) -> None:
    assert client.head("/gradio_api/queue/data?session_hash=x").status_code == 405


def test_head_asks_nothing(client: TestClient, bot: LittleBot) -> None:
    before = len(bot.asked)
    assert [client.head(path).status_code for path in ("/api/ask", "/page/ask", "/page/export")] == [404, 404, 404]
    assert len(bot.asked) == before


FORGED = [
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-Host": f"{EVIL}, other.example", "X-Forwarded-Proto": "https"},
    {"X-Forwarded-Proto": f"https://{EVIL}/"},
    {"X-Gradio-Server": f"http://{EVIL}"},
    {"Forwarded": f'for=1.2.3.4;host="{EVIL}";proto=https'},
    {"X-Forwarded-Server": EVIL, "X-Forwarded-Prefix": f"/{EVIL}", "X-Original-Host": EVIL, "X-Host": EVIL},
    {"Host": EVIL},
    {"Host": f'"><script src=//{EVIL}>'},
    {"Host": f"a@{EVIL}:80"},
    {"Host": f"{EVIL}/x"},
    {"Host": "[::1"},
    {"Host": "999.999.999.999"},
    {"Host": "256.1.1.1:80", "X-Forwarded-Host": EVIL},
    {"Host": "[v1.a]"},
    {"Host": "[::zz]:80"},
]


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("peer", ["127.0.0.1", "203.0.113.9"])
def test_the_page_repeats_nobodys_word_about_its_name(client: TestClient, peer: str, forged: dict[str, str]) -> None:
    """Nor what comes through a trusted proxy, which leaves such headers of its visitors in unless told otherwise."""
    with TestClient(client.app, client=(peer, 1)) as visitor:
        page = visitor.get("/", headers=forged)
    assert page.status_code == 200
    assert EVIL not in page.text
    assert '"root":"/"' in page.text
    assert not re.search(r'"https?://', page.text)


@pytest.mark.parametrize("host", ["999.999.999.999", "[v1.a]", "[::zz]:80", "1.2.3"])
def test_a_host_that_can_be_none_harms_no_page(client: TestClient, host: str) -> None:
    for path in ("/", "/config", "/library", "/staff/login", "/api/docs"):
        assert client.get(path, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["zc.example.gov.cn", "127.0.0.1", "127.0.0.1:7860", "[::1]", "[2001:db8::1]:8080", "a_b:1"]
)
def test_a_host_that_can_be_one_is_kept(client: TestClient, host: str) -> None:
    assert client.get("/config", headers={"Host": host}).json()["root"] == f"http://{host}"


@pytest.mark.parametrize("path", ["/config", "/theme.css", "/manifest.json", "/library", "/api/docs", "/openapi.json"])
@pytest.mark.parametrize("forged", FORGED[:6])
def test_no_other_page_does(client: TestClient, path: str, forged: dict[str, str]) -> None:
    assert EVIL not in client.get(path, headers=forged).text


def test_below_a_prefix_the_page_knows_its_path(client: TestClient) -> None:
    with TestClient(client.app, root_path="/zc") as visitor:
        assert '"root":"/zc"' in visitor.get("/zc/", headers={"X-Forwarded-Host": EVIL}).text


def test_what_a_trusted_proxy_says_of_the_protocol_counts(client: TestClient) -> None:
    secure = {"X-Forwarded-Proto": "https"}
    for peer, is_secure in (("127.0.0.1", True), ("203.0.113.9", False)):
        with TestClient(client.app, client=(peer, 1)) as visitor:
            assert ("Secure" in visitor.get("/staff/login", headers=secure).headers["set-cookie"]) is is_secure


@pytest.mark.parametrize("folder", ["/assets/", "/static/", "/svelte/", "/ui/", "/library/", "/", "/gradio_api/none/",
                                    "/api/clauses/", "/page/next-questions/", "/staff/", "/theme.css/"])  # fmt: skip
@pytest.mark.parametrize(
    "name", ["a" * 300, "a" * 20_000, "策" * 100, "b/" * 3000, "..%2f" * 900, "%00" * 300, "%00", "x%0d%0ay", "%7f"]
)
def test_a_name_that_no_file_can_have_is_not_found(client: TestClient, folder: str, name: str) -> None:
    assert client.get(folder + name).status_code == 404


def test_a_browser_gets_a_page_for_it(client: TestClient) -> None:
    page = client.get("/assets-not/" + "a" * 300, headers={"Accept": "text/html", "Accept-Language": "zh"})
    assert (page.status_code, "没有这个页面" in page.text) == (404, True)


def test_the_longest_names_that_files_have_are_looked_for() -> None:
    assert not is_odd("/" + "a" * LONGEST_NAME)
    assert is_odd("/" + "a" * (LONGEST_NAME + 1))
    assert is_odd("/a" * LONGEST_PATH)


@pytest.mark.parametrize("query", ["page=none", "page=..%2f..", "deep_link=x", "deep_link=" + "a" * 5000, "page=%00"])
def test_the_front_page_is_there_whatever_its_address_asks(client: TestClient, query: str) -> None:
    assert client.get(f"/?{query}").text == client.get("/").text


# ── Whom the limits count ──────────────────────────────────────────────────────────────────────


def statuses(bot: LittleBot, settings: WebSettings, addresses: list[str], direct: bool) -> list[int]:
    """What one question from each of these addresses gets, where one a minute is allowed."""
    door = BotDoor(1)
    door.open(bot)
    app = build_service(door, settings.model_copy(update={"questions_per_minute": 1}))
    found: list[int] = []
    for address in addresses:
        peer = address if direct else "127.0.0.1"
        headers = {} if direct else {"X-Forwarded-For": address}
        with TestClient(app, client=(peer, 1)) as visitor:
            found.append(visitor.post("/api/ask", json={"question": "天气"}, headers=headers).status_code)
    return found


@pytest.mark.parametrize("direct", [True, False])
def test_an_ipv6_subscriber_has_one_allowance(bot: LittleBot, settings: WebSettings, direct: bool) -> None:
    addresses = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:DB8:1:2::1", "2001:db8:1:3::1"]
    assert statuses(bot, settings, addresses, direct) == [200, 429, 429, 200]


@pytest.mark.parametrize("direct", [True, False])
def test_ipv4_within_ipv6_is_ipv4(bot: LittleBot, settings: WebSettings, direct: bool) -> None:
    addresses = ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201", "::ffff:192.0.2.2"]
    assert statuses(bot, settings, addresses, direct) == [200, 429, 429, 200]


def test_a_proxy_on_a_socket_of_both_kinds_is_believed(bot: LittleBot, settings: WebSettings) -> None:
    door = BotDoor(1)
    door.open(bot)
    app = build_service(door, settings.model_copy(update={"questions_per_minute": 1}))
    with TestClient(app, client=("::ffff:127.0.0.1", 1)) as proxy:
        replies = [
            proxy.post("/api/ask", json={"question": "天气"}, headers={"X-Forwarded-For": visitor}).status_code
            for visitor in ("192.0.2.1", "192.0.2.2", "192.0.2.1")
        ]
        assert proxy.get("/metrics").status_code == 200
    assert replies == [200, 200, 429]
