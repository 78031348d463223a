"""A question on a set of things in: all of them, how many, the most, which class; a draft that lists and counts them out."""
