"""A query in, hits out; also as a LangChain retriever."""
