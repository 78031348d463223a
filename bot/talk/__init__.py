"""What is no question on a clause in: a greeting, a vague wish, a question on the documents themselves; its answer out."""
