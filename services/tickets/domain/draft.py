"""What a specialist is writing on a ticket and has not sent."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from contracts.drafts_http import DraftBody
from contracts.tickets_http import MOST_MINUTES


class Draft(BaseModel):
    """Version 0: nothing was ever written. The version never goes back, also when it was sent."""

    model_config = ConfigDict(frozen=True)

    text: str = ""
    public: bool = True
    minutes: int | None = None
    additional: bool = False
    version: int = 0
    at: datetime | None = None

    def rewritten(self, body: DraftBody, at: datetime) -> Draft:
        return Draft(**body.model_dump(), version=self.version + 1, at=at)

    def with_work(self, minutes: int, at: datetime) -> Draft:
        """A timer's minutes on top of those that stand there, up to a whole day."""
        total = min((self.minutes or 0) + minutes, MOST_MINUTES)
        return self.model_copy(update={"minutes": total or None, "version": self.version + 1, "at": at})

    def sent(self, text: str, at: datetime) -> Draft:
        """Empty, if that is what was sent; what another window wrote meanwhile stays."""
        if not self.version or self.text.strip() != text.strip():
            return self
        return Draft(public=self.public, version=self.version + 1, at=at)
