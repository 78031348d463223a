"""A sentence and the clauses it rests on in, what it says otherwise than they do out: figures, whom, how, when, whether at all."""
