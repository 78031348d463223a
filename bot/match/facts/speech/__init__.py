"""What the words around a fact say of it: whose it is, and whether it holds."""
