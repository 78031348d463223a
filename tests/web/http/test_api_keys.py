"""Keys for programs: hashed, shown once, asked for as soon as there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.errors import UnusableInput
from web.http.api_keys import ApiDoor, ApiKeys, key_in
from web.http.guards import Allowance


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def keys(tmp_path: Path) -> ApiKeys:
    return ApiKeys(tmp_path / "api-keys.json")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(keys: ApiKeys, clock: Clock) -> Iterator[TestClient]:
    app = FastAPI()

    @app.get("/api/documents")
    def documents() -> list[str]:
        return ["talent-30"]

    @app.get("/api/docs")
    def docs() -> str:
        return "how"

    @app.get("/library")
    def library() -> str:
        return "page"

    app.add_middleware(ApiDoor, keys=keys, allowance=Allowance(20, clock))
    with TestClient(app) as made:
        yield made


def test_a_key_is_kept_only_as_its_hash(keys: ApiKeys, tmp_path: Path) -> None:
    key = keys.add("portal")
    assert key not in (tmp_path / "api-keys.json").read_text()
    assert keys.owner(key) == "portal"
    assert keys.owner(key[:-1]) is None
    assert keys.owner("") is None
    assert keys.add("other") != key


def test_a_name_has_one_key(keys: ApiKeys) -> None:
    keys.add("portal")
    with pytest.raises(UnusableInput, match="remove-key"):
        keys.add("portal")
    keys.remove("portal")
    assert keys.names() == []
    with pytest.raises(UnusableInput, match="no key"):
        keys.remove("portal")


def test_without_keys_the_interface_is_open(client: TestClient) -> None:
    assert client.get("/api/documents").json() == ["talent-30"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer {key}"}, 200),
        ({"authorization": "bearer {key}"}, 200),
        ({"X-API-Key": "{key}"}, 200),
        ({"Authorization": "Basic {key}"}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"X-API-Key": ""}, 401),
    ],
)
def test_from_the_first_key_on_one_is_needed(
    client: TestClient, keys: ApiKeys, headers: dict[str, str], status: int
) -> None:
    key = keys.add("portal")
    given = {name: value.format(key=key) for name, value in headers.items()}
    reply = client.get("/api/documents", headers=given)
    assert reply.status_code == status
    if status == 401:
        wrong = "wrong" in "".join(headers.values())
        assert ("not known" if wrong else "needs an API key") in reply.json()["error"]
        assert reply.headers["www-authenticate"] == "Bearer"


def test_pages_and_the_description_need_no_key(client: TestClient, keys: ApiKeys) -> None:
    keys.add("portal")
    assert client.get("/library").status_code == 200
    assert client.get("/api/docs").status_code == 200
    assert client.get("/api/docs/../documents").status_code == 401


def test_a_removed_key_is_worth_nothing_at_once(client: TestClient, keys: ApiKeys) -> None:
    key = keys.add("portal")
    keys.add("other")
    keys.remove("portal")
    assert client.get("/api/documents", headers={"X-API-Key": key}).status_code == 401


def test_one_address_may_ask_so_many_times_a_minute(client: TestClient, clock: Clock) -> None:
    statuses = [client.get("/api/documents").status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert client.get("/library").status_code == 200
    clock.now = 3.0
    assert client.get("/api/documents").status_code == 200


def test_guesses_at_keys_are_limited_too(client: TestClient, keys: ApiKeys) -> None:
    keys.add("portal")
    statuses = {client.get("/api/documents", headers={"X-API-Key": f"pq_{n}"}).status_code for n in range(25)}
    assert statuses == {401, 429}


def test_a_bearer_goes_before_the_other_header() -> None:
    from starlette.datastructures import Headers

    assert key_in(Headers({"authorization": "Bearer a", "x-api-key": "b"})) == "a"
