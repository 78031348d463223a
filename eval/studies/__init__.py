"""Runs, cases and an index in, one question about them answered: compare, weights, baselines, impact."""
