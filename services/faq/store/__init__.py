"""What faq remembers: its collections, indexes and queries; the only room that speaks MongoDB."""

from services.faq.store.library import Library
from services.faq.store.past import Past

__all__ = ["Library", "Past"]
