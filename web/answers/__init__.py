"""A question in, an answer from the shared bot out, with its cards and its record."""
