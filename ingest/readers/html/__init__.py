"""A saved web page in, a SourceFile out, without the furniture of the site."""
