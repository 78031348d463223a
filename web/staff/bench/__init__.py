"""A question in, every step of its answer out, on a page."""
