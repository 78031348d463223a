"""A Markdown text in, a SourceFile out."""
