"""Scores of several rankers in, one order out."""
