"""A corpus in, files out from which one clause, document or word of it is read without the others."""
