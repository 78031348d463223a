from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

VISIT = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "zh-CN"}


@pytest.mark.parametrize("path", ["/nothing", "/nothing/at/all", "/index.php?x=<script>pwn(1)</script>"])
def test_a_wrong_link_leads_to_a_page_with_ways_on(client: TestClient, path: str) -> None:
    reply = client.get(path, headers=VISIT)
    assert (reply.status_code, reply.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "没有这个页面。" in reply.text
    assert 'href="/library?lang=zh"' in reply.text
    assert "pwn" not in reply.text
    plain = client.get(path, headers={**VISIT, "Accept-Encoding": "identity"})
    assert int(plain.headers["content-length"]) == len(plain.content)


def test_in_the_language_of_the_visitor(client: TestClient) -> None:
    assert "There is no such page." in client.get("/nothing?lang=en", headers=VISIT).text
    assert "There is no such page." in client.get("/nothing", headers={**VISIT, "Accept-Language": "de"}).text


def test_who_comes_while_documents_load_is_asked_to_wait(closed_client: TestClient) -> None:
    reply = closed_client.get("/library", headers=VISIT)
    assert reply.status_code == 503
    assert 'http-equiv="refresh"' in reply.text
    assert "正在载入政策文件" in reply.text


def test_a_search_that_is_too_long_is_cut(client: TestClient) -> None:
    reply = client.get("/library", params={"q": "安家补贴 " + "长" * 300}, headers=VISIT)
    assert reply.status_code == 200
    assert "长" * 195 in reply.text
    assert "长" * 196 not in reply.text


@pytest.mark.parametrize(
    "path", ["/api/clauses/nothing", "/page/nothing", "/assets/nothing.js", "/ui/nothing.js", "/api/nothing"]
)
def test_programs_get_their_reply_as_it_is(client: TestClient, path: str) -> None:
    reply = client.get(path, headers=VISIT)
    assert reply.status_code == 404
    assert "</html>" not in reply.text


@pytest.mark.parametrize("accept", ["*/*", "application/json", None])
def test_whoever_does_not_ask_for_a_page_gets_none(client: TestClient, accept: str | None) -> None:
    reply = client.get("/nothing", headers={"Accept": accept} if accept else {})
    assert reply.headers["content-type"] == "application/json"


def test_a_page_that_is_there_is_left_alone(client: TestClient) -> None:
    assert "共 3 条" in client.get("/library", headers=VISIT).text
