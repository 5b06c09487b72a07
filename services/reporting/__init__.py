"""Read models built from events only: reports, and the tickets behind their figures."""
