"""Answers and feedback in, rows of a database out, and what staff ask of them."""
