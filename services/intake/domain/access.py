"""Whose submissions one may see, and how far one has looked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.intake.domain.submission import Submission


class Scope(BaseModel):
    """All of some companies (None: of all), or one person's, or what one device sent."""

    model_config = ConfigDict(frozen=True)

    companies: tuple[UUID, ...] | None = None
    person: UUID | None = None
    device: UUID | None = None

    def holds(self, submission: Submission) -> bool:
        requester = submission.requester
        if self.device:
            return requester.device_id == self.device
        if self.person:
            return requester.person.id == self.person
        return self.companies is None or requester.company.id in self.companies


class Position(BaseModel):
    """Where a page of submissions, newest first, ended."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    id: UUID
