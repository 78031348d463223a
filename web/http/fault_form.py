"""The body of a fault in the form of the protocol that is spoken at an address."""

from __future__ import annotations

OPENAI = "/v1/"  # addresses that speak the OpenAI protocol
MCP = ("/mcp", "/mcp/")  # the address that speaks JSON-RPC
PROGRAM_DOORS = ("/api/", OPENAI)  # what programs call as well, with a key once there is one
# How clients of that protocol tell faults apart; what is not named is a request that cannot be used.
_TYPES = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error"}
_CODES = {401: "invalid_api_key", 413: "request_too_large", 429: "rate_limit_exceeded"}
_UNUSABLE = (415, 422)  # in that protocol a request that cannot be used is 400, whatever is wrong with it
_INVALID_REQUEST, _SERVER_ERROR = -32600, -32000  # of JSON-RPC


def is_program_door(path: str) -> bool:
    """Whether programs call this address."""
    return path in MCP or path.startswith(PROGRAM_DOORS)


def speaks_english(path: str) -> bool:
    """Whether whoever reads a fault there is a program of a protocol that knows no language of readers."""
    return path in MCP or path.startswith(OPENAI)


def fault_status(path: str, status: int) -> int:
    """The status as the protocol spoken at an address has it."""
    return 400 if path.startswith(OPENAI) and status in _UNUSABLE else status


def fault_body(path: str, status: int, sentence: str, field: str | None = None, code: str | None = None) -> object:
    """One sentence as ``{"error": …}``; where OpenAI's protocol or JSON-RPC is spoken, as its error object."""
    if path in MCP:
        number = _SERVER_ERROR if status >= 500 else _INVALID_REQUEST
        return {"jsonrpc": "2.0", "id": None, "error": {"code": number, "message": sentence}}
    if not path.startswith(OPENAI):
        return {"error": sentence}
    kind = _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": sentence, "type": kind, "param": field, "code": code or _CODES.get(status)}}
