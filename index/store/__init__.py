"""Clauses in, an index on disk out, and the other way round: whole or absent, switched in one step."""
