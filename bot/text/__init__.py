"""Chinese and English text in, words, overlaps and its language out."""
