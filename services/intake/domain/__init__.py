"""Entities and rules of intake; no I/O, and time comes in."""
