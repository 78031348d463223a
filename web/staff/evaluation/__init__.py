"""Question sets in, runs and their comparison out, on pages."""
