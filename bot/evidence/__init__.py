"""A reading and hits in, the sentences that answer it out, best first."""
