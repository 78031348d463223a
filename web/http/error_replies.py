"""Faults as replies: one sentence in JSON, with the status that fits."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ingest.errors import PolicyQAError, RecordsUnusable, ServiceUnavailable, UnusableInput
from ingest.sentences import Language
from web.http.client import TooManyQuestions
from web.http.leaving import ClientLeft

log = logging.getLogger(__name__)
CLIENT_LEFT = 499  # as nginx writes it into its log; nobody receives it


def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return JSONResponse({"error": "The body is not valid JSON."}, status_code=400)
    field = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    said = str(first["msg"]).removeprefix("Value error, ")  # which pydantic puts before sentences of ours
    return JSONResponse({"error": f"{field}: {said}."}, status_code=422)


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": f"{error.detail}."}, status_code=error.status_code, headers=error.headers)


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
    return JSONResponse({"error": error.sentence.said(language)}, status_code=status, headers=headers)


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
    sentence = "The service failed on this request; its log says where."
    return JSONResponse({"error": sentence}, status_code=500)


def add_fault_replies(app: FastAPI) -> None:
    """From here on every fault of ``app`` is one JSON sentence."""
    for kind in (RequestValidationError, HTTPException, PolicyQAError, Exception):
        app.add_exception_handler(kind, fault_reply)
