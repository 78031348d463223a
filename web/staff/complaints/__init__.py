"""Answers complained of and questions declined in, what was done about each out."""
