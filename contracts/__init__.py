"""The words between services: events and the shapes other services read; pure Pydantic."""
