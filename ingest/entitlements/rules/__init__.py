"""The clauses of a document in; proposals of what they grant out, by rules and the words of the vocabulary alone."""
