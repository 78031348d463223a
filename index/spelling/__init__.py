"""A mistyped question in, corrections out: only to words the corpus knows."""
