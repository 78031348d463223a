"""JSON in, JSON and event streams out: the interface for programs."""
