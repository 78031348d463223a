"""Whose a title is that a profile tells of, and whether it was won here and of late."""
