"""A corpus in, corpora of many times its size out, and what opening them and asking them costs."""
