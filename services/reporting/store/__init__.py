"""What reporting remembers: its collections, indexes and queries; the only room that speaks MongoDB."""

from services.reporting.store.archive import Archive
from services.reporting.store.exports import Exports
from services.reporting.store.schedules import Schedules

__all__ = ["Archive", "Exports", "Schedules"]
