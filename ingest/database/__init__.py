"""An address in, one database with its tables out: SQLite or PostgreSQL, by the same code."""
