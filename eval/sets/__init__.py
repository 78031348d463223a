"""Question sets in, checked and kept ones out."""
