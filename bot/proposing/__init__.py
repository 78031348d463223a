"""Clauses in, what a chat model takes for entitlements or for their English out: each checked, none accepted by anybody."""
