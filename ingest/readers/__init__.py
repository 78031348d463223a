"""Bytes of a file in, a SourceFile out, whatever the format."""
