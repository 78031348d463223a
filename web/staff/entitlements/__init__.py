"""Records of what clauses grant in, records that somebody stands for out, on a page."""
