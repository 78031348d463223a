"""Clauses in, other people's forms out: JSON, an HTML view, a report, LangChain documents."""
