"""Entities, states and rules of tickets; no I/O, and time comes in."""
