"""A finished answer and the service cards of a corpus in; the answer with the bureau's own word, marked as such, out."""
