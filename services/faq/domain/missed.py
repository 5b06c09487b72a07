"""A search that found nothing: what is typed on, letter by letter, is one search."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel

from contracts.faq import SearchMissed

STILL_TYPING = timedelta(seconds=60)


class Missed(BaseModel):
    """`version` grows while its caller types on; `at` is when they last did."""

    id: UUID
    query: str
    caller: UUID
    at: datetime
    version: int = 1

    def typed_on(self, query: str, at: datetime) -> Missed | None:
        """The same search said longer, or taken back by some letters; None where it is another one."""
        if not (query.startswith(self.query) or self.query.startswith(query)):
            return None
        longest = max(query, self.query, key=len)
        return self.model_copy(update={"query": longest, "at": at, "version": self.version + 1})

    def event(self) -> SearchMissed:
        return SearchMissed(id=self.id, version=self.version, query=self.query)
