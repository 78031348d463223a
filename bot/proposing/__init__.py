"""Clauses in, what a chat model takes for entitlements out: each checked against its clause, none accepted by anybody."""
