"""Questions in, what likeness and constraint checks tell of those out of scope, beside the rules, out."""
