"""What somebody types in, the messages of a conversation out: the investors' page."""
