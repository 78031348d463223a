"""Rows of the glossary in, changed rows out, on a page."""
