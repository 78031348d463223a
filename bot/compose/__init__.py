"""Chosen sentences in, a draft of the answer out: body, tables, estimates, notices."""
