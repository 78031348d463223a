"""Prizes by level, grade and rank of whoever won them, and places in a ranking."""
