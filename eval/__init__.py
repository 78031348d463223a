"""Question sets in, measurements out."""
