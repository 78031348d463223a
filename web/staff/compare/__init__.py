"""Two versions of the corpus in, their documents and clauses as pairs with the words that differ marked out."""
