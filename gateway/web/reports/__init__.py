"""The reports as pages: filters in the address, charts, and the tickets behind each figure."""
