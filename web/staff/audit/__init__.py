"""The log of changes in, its page out."""
