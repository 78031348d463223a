"""A draft that somebody wants to publish in, the word of another account on it out."""
