"""Two versions of the corpus side by side, clause by clause, with the words that differ marked."""
