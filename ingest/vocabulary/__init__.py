"""TOML files in, words of Chinese administration and of the field out: one file a subject, read and checked once."""
