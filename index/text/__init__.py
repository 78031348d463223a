"""Text in, tokens, sentence spans, question types and numbers of documents out."""
