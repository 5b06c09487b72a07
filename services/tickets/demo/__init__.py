"""A year of history for a local environment: tickets as a year of work would have left them."""

# How many tickets.
YEAR = 20_000
