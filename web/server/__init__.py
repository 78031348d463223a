"""Connections in, requests that keep to their deadlines out; and an end that comes when it is asked for."""
