"""Source files in, clauses out: undoes the line wrap, finds headings, and cuts a document where its numbering does."""
