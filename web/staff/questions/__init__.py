"""A draft in, questions suggested by its clauses, written and run on it out."""
