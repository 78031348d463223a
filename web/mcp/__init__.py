"""Calls of another program's model in, what our clauses say out: read-only MCP tools over stdio and HTTP."""
