"""Faults as replies: one sentence in JSON, with the status that fits."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ingest.errors import DatabaseUnusable, PolicyQAError, RecordsUnusable, ServiceUnavailable, UnusableInput
from ingest.sentences import Language
from web.http.client import FieldUnusable, TooManyQuestions
from web.http.fault_form import fault_body, fault_status
from web.http.guards import path_within
from web.http.leaving import ClientLeft

log = logging.getLogger(__name__)
CLIENT_LEFT = 499  # as nginx writes it into its log; nobody receives it


def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if faults[0]["type"] == "json_invalid":
        return _reply(request, 400, "The body is not valid JSON.")
    if tuple(faults[0]["loc"]) == ("body",) and not _sends_json(request):
        return _reply(request, 415, "The body is read as JSON only; send it with 'Content-Type: application/json'.")
    fields = [_field_of(fault["loc"], error.body) for fault in faults]
    # Fields nobody knows go first: a mistyped one is told better by itself than by the absence of the right one.
    unknown = [field for field, fault in zip(fields, faults, strict=True) if fault["type"] == "extra_forbidden"]
    if unknown:
        there = "there is no such field" if len(unknown) == 1 else "there are no such fields"
        return _reply(request, 422, f"{', '.join(unknown)}: {there} here; see /api/docs.", field=unknown[0])
    said = str(faults[0]["msg"]).removeprefix("Value error, ")  # which pydantic puts before sentences of ours
    return _reply(request, 422, f"{fields[0]}: {said}.", field=fields[0])


def _sends_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _field_of(loc: Sequence[int | str], body: object) -> str:
    """The field as whoever sent it knows it: pydantic's names of the kinds that were tried are left out."""
    names: list[str] = []
    at = body
    for part in loc[1:]:  # the first says where it stood: body, query
        if isinstance(at, dict):
            names.append(str(part))
            at = cast("dict[str, object]", at).get(str(part))  # None below one that is missing
        elif isinstance(at, list) and isinstance(part, int):
            names.append(str(part))
            at = cast("list[object]", at)[part]
        else:
            break
    return ".".join(names) or ".".join(str(part) for part in loc[1:]) or "body"


def _reply(
    request: Request,
    status: int,
    sentence: str,
    headers: Mapping[str, str] | None = None,
    field: str | None = None,
    code: str | None = None,
) -> JSONResponse:
    path = path_within(request.scope)
    body = fault_body(path, status, sentence, field, code)
    return JSONResponse(body, status_code=fault_status(path, status), headers=headers)


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _reply(request, error.status_code, f"{error.detail}.", error.headers)


def _ours(request: Request, error: PolicyQAError, language: Language) -> JSONResponse:
    headers: dict[str, str] = {}
    match error:
        case TooManyQuestions():
            status, headers = 429, {"Retry-After": str(error.wait_seconds)}
        case ClientLeft():
            status = CLIENT_LEFT
        case UnusableInput():
            status = 422
        case ServiceUnavailable() | RecordsUnusable():
            status, headers = 503, {"Retry-After": "5"}
        case DatabaseUnusable():
            status, headers = 503, {"Retry-After": "5"}
            log.warning("a request to %s needs the database: %s", request.url.path, error)
            error = DatabaseUnusable("web.cannot_be_looked_up")  # which machine that is concerns nobody out there
        case _:
            status = 500
            log.error("a request to %s failed", request.url.path, exc_info=error)
    field, code = (error.field, error.code) if isinstance(error, FieldUnusable) else (None, None)
    status = 404 if code == "model_not_found" else status
    return _reply(request, status, error.sentence.said(language), headers, field, code)


def fault_reply(request: Request, error: Exception, language: Language = "en") -> JSONResponse:
    """The reply to any fault that a handler is registered for, in the language of programs or of whoever reads it."""
    match error:
        case PolicyQAError():
            return _ours(request, error, language)
        case RequestValidationError():
            return _validation(request, error)
        case HTTPException():
            return _http(request, error)
        case _:
            return _unforeseen(request, error)


def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    return _reply(request, 500, "The service failed on this request; its log says where.")


def add_fault_replies(app: FastAPI) -> None:
    """From here on every fault of ``app`` is one JSON sentence."""
    for kind in (RequestValidationError, HTTPException, PolicyQAError, Exception):
        app.add_exception_handler(kind, fault_reply)
