"""A name and a password in, a session out."""
