"""The public REST interface under /api/v1."""
