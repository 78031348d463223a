"""A run folder in, a report out: HTML, Markdown, XLSX."""
