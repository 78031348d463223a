"""A person's words, or codes of a link, in; facts of the asker out, and back as JSON or codes."""
