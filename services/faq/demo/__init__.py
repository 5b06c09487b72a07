"""A year of use of the FAQ for a local environment, on the tickets of the demo's year."""
