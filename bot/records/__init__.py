"""Answers and feedback in, rows in SQLite out, and what staff ask of them."""
