"""What clients remembers: its collections, indexes and queries; the only room that speaks MongoDB."""

from services.clients.store.registry import Registry

__all__ = ["Registry"]
