"""Answers from Chinese clauses put into English by the corpus's English edition; nothing is translated here."""
