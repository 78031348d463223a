"""A Word file in, a SourceFile out, with its automatic numbers written out."""
