"""Entities, states and rules of reporting; no I/O and no clock of its own."""
