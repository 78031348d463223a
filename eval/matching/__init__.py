"""Profiles with the benefits known for each in; what was matched, and how much of it is right, out."""
