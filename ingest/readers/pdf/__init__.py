"""A PDF with a text layer in, a SourceFile out, without running heads and feet."""
