"""The steps from one state of the tables to the next, in order; each is left alone once it was released."""
