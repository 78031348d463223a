"""Clauses and records of what they grant in; entitlements out, each bound to the words that grant it, or flagged."""
