"""The questions that come with a policy: written in the draft, suggested by its clauses, run on it before publishing."""
