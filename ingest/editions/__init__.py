"""Clauses and the files of an English edition in; the English of each sentence out, checked against its Chinese, or named and left out."""
