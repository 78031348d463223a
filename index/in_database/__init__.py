"""An index in, its vectors and postings as rows of PostgreSQL out, and the rankers that search them there."""
