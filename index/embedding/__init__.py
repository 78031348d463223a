"""Texts in, vectors out: the bundled model, or any other by its name."""
