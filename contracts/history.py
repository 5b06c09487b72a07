"""The past, told once more: reporting asks for it, tickets tells it, ticket by ticket."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.envelope import Event
from contracts.people import Author
from contracts.tickets import TicketState


class RebuildWanted(Event):
    """Reporting begins from nothing: whoever has a past tells it. `id` is of this rebuild."""

    SOURCE: ClassVar[str] = "/services/reporting"
    TYPE: ClassVar[str] = "helpdesk.rebuild.wanted.v1"

    id: UUID

    @property
    def subject(self) -> str:
        return str(self.id)


class WorkRef(BaseModel):
    """An entry of the log with minutes, as it reads now."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: UUID
    at: AwareDatetime
    author: Author
    minutes: int
    additional: bool = False


class HistoryTold(Event):
    """A ticket as it is now, with all the work in its log: whoever keeps it needs nothing older."""

    SOURCE: ClassVar[str] = "/services/tickets"
    TYPE: ClassVar[str] = "helpdesk.history.told.v1"

    ticket: TicketState
    work: list[WorkRef] = Field(default_factory=list)

    @property
    def subject(self) -> str:
        return str(self.ticket.id)


class HistoryEnded(Event):
    """All `tickets` with numbers up to `last` were told, at least once each; `id` is the rebuild's."""

    SOURCE: ClassVar[str] = "/services/tickets"
    TYPE: ClassVar[str] = "helpdesk.history.ended.v1"

    id: UUID
    tickets: int
    last: int

    @property
    def subject(self) -> str:
        return str(self.id)
