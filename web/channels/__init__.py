"""A person's message on a chat platform in, an answer with its sources out; one file a platform."""
