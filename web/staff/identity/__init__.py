"""Names, sessions and devices in, who is asking out."""
