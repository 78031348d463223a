"""A query in, a score for each clause out: words, character pairs, vectors, named addresses; English words and vectors where there is an edition."""
