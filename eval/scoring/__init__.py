"""A case and its answer in, metrics out; many of them in, a summary out."""
