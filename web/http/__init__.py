"""Requests in, guarded requests out: limits, keys, error replies, templates, metrics."""
