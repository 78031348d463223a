"""Kept questions in, lists, groups and files of them out, on pages."""
