"""Sentences that are true of a clause and sentences that are not, and what the gate of meaning makes of them."""
