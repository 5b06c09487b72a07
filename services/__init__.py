"""The rooms where the work is kept; no service imports another."""
