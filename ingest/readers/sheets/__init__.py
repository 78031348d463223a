"""Spreadsheets in, a SourceFile out: each sheet its titles, its tables and its notes, in the order they stand in."""
