"""How programs ask: a page made from the service's own OpenAPI description. It needs no script and no other host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from web.http.api_keys import ApiKeys
from web.http.look import look_of
from web.http.templates import page_templates
from web.texts import tongue_wanted

EXAMPLES: dict[str, Any] = {"question": "首次认定的高新技术企业奖励多少？", "turns": [], "as_of": None, "level": None}


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter or a field of a body."""

    name: str
    kind: str
    needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for."""

    method: str
    path: str
    summary: str
    parts: tuple[Part, ...]


def operations(description: dict[str, Any]) -> Iterator[Operation]:
    """The operations of an OpenAPI description, in its order."""
    for path, methods in description["paths"].items():
        for method, said in cast("dict[str, dict[str, Any]]", methods).items():
            parameters = [_parameter(given) for given in said.get("parameters", [])]
            fields = list(_fields(said.get("requestBody"), description))
            yield Operation(method.upper(), path, said.get("summary", ""), (*parameters, *fields))


def _parameter(given: dict[str, Any]) -> Part:
    return Part(given["name"], _kind(given["schema"]), given.get("required", False), given.get("description", ""))


def _fields(body: dict[str, Any] | None, description: dict[str, Any]) -> Iterator[Part]:
    if body is None:
        return
    schema = body["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    needed = schema.get("required", [])
    for name, given in schema.get("properties", {}).items():
        yield Part(name, _kind(given), name in needed, given.get("description", ""))


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a word or two, as "string or null" or "array of string"."""
    choices = schema.get("anyOf")
    if choices:
        return " or ".join(_kind(choice) for choice in choices)
    if "enum" in schema:
        return " | ".join(json.dumps(choice, ensure_ascii=False) for choice in schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    kind = str(schema.get("format") or schema.get("type", "any"))
    return f"array of {_kind(schema['items'])}" if kind == "array" and "items" in schema else kind


def api_docs_routes(app: FastAPI, keys: ApiKeys) -> APIRouter:
    """``GET /api/docs``; the description itself is at ``/openapi.json``."""
    routes = APIRouter(include_in_schema=False)
    template = page_templates().get_template("api.html")

    @routes.get("/api/docs")
    def docs(request: Request, lang: str | None = None) -> HTMLResponse:
        page = template.render(
            look=look_of(request.headers),
            root=request.scope.get("root_path", ""),
            tongue=tongue_wanted(lang, request.headers.get("accept-language")),
            address=str(request.base_url).rstrip("/"),
            operations=list(operations(app.openapi())),
            keys_needed=keys.needed(),
            example=json.dumps(EXAMPLES, ensure_ascii=False),
        )
        return HTMLResponse(page)

    @routes.api_route("/api/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def nothing(request: Request, rest: str) -> JSONResponse:
        """Last of all: the page's own 404 speaks another form than programs are promised."""
        sentence = f"There is no {request.method} /api/{rest} here; see /api/docs."
        return JSONResponse({"error": sentence}, status_code=404)

    _ = (docs, nothing)  # registered by the decorators
    return routes
