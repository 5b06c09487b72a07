"""Entities, states and rules of clients; no I/O, and time comes in."""
