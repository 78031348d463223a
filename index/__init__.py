"""Clauses in, hits out: encodes, stores and searches clauses. Knows nothing of chat."""
