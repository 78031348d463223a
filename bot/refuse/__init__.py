"""A question and what was found in, a refusal with its reason out, or none."""
