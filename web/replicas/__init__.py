"""A published version in, the same version at every replica out: one builder at a time, and each switches in one step."""
