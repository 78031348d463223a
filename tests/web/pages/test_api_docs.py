"""The page on the interface says what the interface takes."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from web.pages.api_docs import operations


def test_every_operation_and_field_is_on_the_page(client: TestClient) -> None:
    page = client.get("/api/docs?lang=en")
    assert page.status_code == 200
    described = client.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page.text
    for name in ("question", "turns", "as_of", "level"):
        assert f"<code>{name}</code>" in page.text
    assert "The day of asking" in page.text


def test_it_loads_nothing_from_elsewhere_and_runs_no_script(client: TestClient) -> None:
    page = client.get("/api/docs")
    assert "程序接口" in page.text
    assert "<script" not in page.text
    assert "//cdn" not in page.text
    assert "script-src 'none'" in page.headers["content-security-policy"]


def test_pages_made_for_people_are_not_in_the_description(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert [path for path in paths if path.startswith(("/staff", "/library", "/metrics"))] == []


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, "string"),
        ({"type": "array", "items": {"type": "string"}}, "array of string"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date or null"),
        ({"enum": ["up", "down"]}, '"up" | "down"'),
        ({"$ref": "#/components/schemas/Thumb"}, "Thumb"),
    ],
)
def test_kinds_in_words(schema: dict[str, object], kind: str) -> None:
    body = {"content": {"application/json": {"schema": {"properties": {"x": schema}}}}}
    (operation,) = operations({"paths": {"/p": {"post": {"requestBody": body}}}})
    assert operation.parts[0].kind == kind
    assert (operation.method, operation.path) == ("POST", "/p")


def test_a_host_that_lies_stays_text(client: TestClient) -> None:
    page = client.get("/api/docs", headers={"Host": 'x"><img src=x>'})
    assert page.text.count("<img") == 1  # our own drawing


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/ask"), ("POST", "/api/documents"), ("DELETE", "/api/x/y"), ("GET", "/api/")]
)
def test_what_is_not_there_is_said_in_the_form_of_faults(client: TestClient, method: str, path: str) -> None:
    reply = client.request(method, path)
    assert (reply.status_code, reply.json()) == (404, {"error": f"There is no {method} {path} here; see /api/docs."})
