"""People whom a firm brings: the facts of several apart, and without those who are gone."""
