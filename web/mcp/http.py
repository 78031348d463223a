"""The tools at ``/mcp`` of the service, behind the same guards and keys as ``/api/``."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

PATH = "/mcp"
# The names under which a bureau's proxy shows the service are not ours to list; other sites can read no reply (no CORS
# header is sent), and the tools change nothing.
_ANY_HOST = TransportSecuritySettings(enable_dns_rebinding_protection=False)


def add_tools(app: FastAPI, server: MCPServer[Any]) -> None:
    """Answer at ``/mcp``. Each request is one by itself: nothing is held between two for a client that never returns."""
    made = server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=_ANY_HOST
    )
    app.router.routes.extend(made.routes)
