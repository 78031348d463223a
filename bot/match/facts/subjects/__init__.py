"""Of whom a clause speaks when it does not speak of the asker: somebody else, a relative, a relative who was brought here."""
