"""A sentence and the clauses it cites in, its checked figures out, or why it does not stand."""
