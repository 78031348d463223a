"""The list of policies: documents and what people said of them in; each with its standing, corrected in a draft, out."""
