"""Cases and a bot in, a run folder out."""
