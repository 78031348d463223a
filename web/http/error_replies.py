"""Faults as replies: one sentence in JSON, with the status that fits."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ingest.errors import PolicyQAError, RecordsUnusable, ServiceUnavailable, UnusableInput
from ingest.sentences import Language
from web.http.client import FieldUnusable, TooManyQuestions
from web.http.fault_form import fault_body
from web.http.guards import path_within
from web.http.leaving import ClientLeft

log = logging.getLogger(__name__)
CLIENT_LEFT = 499  # as nginx writes it into its log; nobody receives it


def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()  # a field nobody knows goes first: a mistyped one is told better by it than by its absence
    first = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    if first["type"] == "json_invalid":
        return _reply(request, 400, "The body is not valid JSON.")
    field = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    said = str(first["msg"]).removeprefix("Value error, ")  # which pydantic puts before sentences of ours
    if first["type"] == "extra_forbidden":
        said = "there is no such field here; see /api/docs"
    return _reply(request, 422, f"{field}: {said}.", field=field)


def _reply(
    request: Request,
    status: int,
    sentence: str,
    headers: Mapping[str, str] | None = None,
    field: str | None = None,
    code: str | None = None,
) -> JSONResponse:
    body = fault_body(path_within(request.scope), status, sentence, field, code)
    return JSONResponse(body, status_code=status, headers=headers)


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
