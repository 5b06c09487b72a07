"""tickets: numbers, clock, status, work log, assignment, SLA."""
