"""Question in, answer out: every sentence of it stands in a cited clause."""
