"""Search without an answer, fields nobody knows, documents by pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.types import SearchResult
from index.types import Filters
from tests.web.conftest import LittleBot

ASKED = {"query": "安家补贴"}


def ids(client: TestClient, **filters: Any) -> list[str]:
    reply = client.post("/api/search", json={**ASKED, **filters})
    assert reply.status_code == 200, reply.text
    return [hit["clause_id"] for hit in reply.json()["hits"]]


def test_hits_have_score_text_place_and_link(client: TestClient) -> None:
    hit = client.post("/api/search", json={**ASKED, "k": 1}).json()["hits"][0]
    assert (hit["rank"], hit["score"], hit["clause_id"]) == (1, 1.0, "talent-30/1-2")
    assert hit["link"] == "library/talent-30#clause-talent-30%2F1-2"
    assert {"text", "document", "document_id", "address", "page", "level", "issuer", "standing"} <= hit.keys()


def test_a_clause_that_is_whole_in_english_has_it_beside_the_chinese(
    client: TestClient, bot: LittleBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, english = bot.search, {"talent-30/1-2": "Top talents are given RMB 5 million."}

    def with_english(text: str, filters: Filters, top_k: int) -> SearchResult:
        hits = search(text, filters, top_k).hits
        return SearchResult(tuple(replace(hit, english=english.get(hit.clause.id)) for hit in hits))

    monkeypatch.setattr(bot, "search", with_english)
    first, second = client.post("/api/search", json={**ASKED, "k": 2}).json()["hits"]
    assert first["english"] == "Top talents are given RMB 5 million."
    assert first["text"] != first["english"]
    assert "english" not in second


def test_filters(client: TestClient) -> None:
    assert ids(client, level="市") == ["talent-30/1-2"]
    assert ids(client, level=["市", "国家"]) == ["talent-30/1-2", "refund-2024/2"]
    assert ids(client, document=["hostile"]) == ["hostile/3"]
    assert ids(client, issuer="鄂尔多斯市", level="旗") == ["hostile/3"]
    assert "refund-2024/2" not in ids(client, in_force_on="2026-11-22")
    assert ids(client, query="  ") == []


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/api/search", {"query": "好", "top_k": 3}, "top_k"),
        ("/api/search", {"query": "好", "level": ["市", "省级"]}, "省级"),
        ("/api/search", {"query": "好", "document": "nowhere"}, "nowhere"),
        ("/api/search", {"query": "好", "issuer": "商务部"}, "商务部"),
        ("/api/search", {"query": "好", "k": 0}, "k"),
        ("/api/search", {"query": "长" * 61}, "61"),
        ("/api/ask", {"question": "好", "levels": ["市"]}, "levels"),
        ("/api/ask", {"quesiton": "好"}, "quesiton"),
        ("/api/match", {"profile": "好", "level": "市"}, "level"),
        ("/api/feedback", {"turn": "x", "thumb": "up", "word": "好"}, "word"),
    ],
)
def test_what_is_not_known_is_refused_by_its_name(
    client: TestClient, path: str, body: dict[str, object], said: str
) -> None:
    reply = client.post(path, json=body)
    assert (reply.status_code, reply.json().keys()) == (422, {"error"})
    assert said in reply.json()["error"]


def test_a_list_of_levels_reaches_the_bot(client: TestClient, bot: LittleBot) -> None:
    client.post("/api/ask", json={"question": "人才", "level": ["市", "旗"]})
    assert bot.asked[-1].filters.levels == {"市", "旗"}


def test_documents_by_pages(client: TestClient) -> None:
    first = client.get("/api/documents?limit=2")
    assert [one["id"] for one in first.json()] == ["talent-30", "refund-2024"]
    assert first.headers["x-total-count"] == "3"
    second = client.get(f"/api/documents{first.links['next']['url']}")
    assert [one["id"] for one in second.json()] == ["hostile"]
    assert "next" not in second.links
    assert "limt" in client.get("/api/documents?limt=2").json()["error"]
    assert client.get("/api/documents?limit=0").status_code == 422
