"""Articles, how they are written, rendered and found; no I/O and no clock."""
