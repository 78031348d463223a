"""What a document says of itself beside its clauses: labelled values in, facts with their places out."""
