"""Text of a clause or of a document's head in, typed facts out: figures, departments, benefits, validity. Pure functions."""
