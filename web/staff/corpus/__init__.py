"""Uploaded files in, a published version of the corpus out, by way of drafts, previews and trials."""
