"""A reading and hits in, sentences that a chat model wrote and the checks let through out."""
