"""Facts of whole documents from their paragraphs: terms, what an annex takes over, each with its place."""
