"""A month in; what was asked, answered, declined and complained of, published and running out, on a page and in files, out."""
