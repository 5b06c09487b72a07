"""One verb for each thing intake does."""
