"""A question and the clauses it would be answered from in, each of its constraints checked by itself out."""
