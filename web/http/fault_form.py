"""The body of a fault in the form of the protocol that is spoken at an address."""

from __future__ import annotations

OPENAI = "/v1/"  # addresses that speak the OpenAI protocol
PROGRAM_DOORS = ("/api/", OPENAI, "/mcp")  # what programs call, with a key once there is one
# How clients of that protocol tell faults apart; what is not named is a request that cannot be used.
_TYPES = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error"}
_CODES = {401: "invalid_api_key", 413: "request_too_large", 429: "rate_limit_exceeded"}


def is_program_door(path: str) -> bool:
    """Whether programs call this address."""
    return path == "/mcp" or path.startswith(PROGRAM_DOORS)


def fault_body(path: str, status: int, sentence: str, field: str | None = None, code: str | None = None) -> object:
    """One sentence as ``{"error": …}``; where the OpenAI protocol is spoken, as its error object."""
    if not path.startswith(OPENAI):
        return {"error": sentence}
    kind = _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": sentence, "type": kind, "param": field, "code": code or _CODES.get(status)}}
