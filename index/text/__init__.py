"""Text in, tokens, English stems, sentence spans, question types and numbers of documents out."""
