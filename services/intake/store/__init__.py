"""What intake remembers: submissions and their files; the only room that speaks MongoDB."""

from services.intake.store.files import Files
from services.intake.store.submissions import Submissions

__all__ = ["Files", "Submissions"]
