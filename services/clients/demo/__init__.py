"""An outsourcer's clients to look around with: seeded into an empty database of a local environment."""

from services.clients.demo.seed import seed_demo

__all__ = ["seed_demo"]
