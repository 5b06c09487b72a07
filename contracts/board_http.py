"""The board of the day: what a dispatcher has to see to now."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel

from contracts.people import StaffRef
from contracts.tickets import TicketState


class BoardPart(BaseModel):
    """`count` of all of them; `items` are the most urgent few, the most urgent first."""

    count: int
    items: list[TicketState]


class Load(BaseModel):
    """What one specialist has: `open` of all, of them `waiting` for the client, and with a target missed.

    `away_until`: they are not there now. Who has nothing is told of as well, at the end.
    """

    staff: StaffRef
    away_until: AwareDatetime | None = None
    open: int
    waiting: int
    broken: int


class Board(BaseModel):
    """Of open tickets only. `near`: four fifths of a target are used; `waiting_days`: what is too long.

    `is_cut`: there are more open tickets than are looked at; the oldest are.
    """

    open: int
    is_cut: bool
    waiting_days: int
    unassigned: BoardPart
    near: BoardPart
    broken: BoardPart
    waiting: BoardPart
    loads: list[Load]
