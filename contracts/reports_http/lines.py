"""The tickets behind a figure."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.reports_http.effectiveness import Speed
from contracts.reports_http.report import TicketLine


class LinePage(BaseModel):
    """In the order they were received; of a `…_time` the longest first.

    `speed`: what a `…_time` is of all its tickets, whatever `at_most`; null for other figures, and where they
    are narrowed by what no report counts.
    """

    items: list[TicketLine]
    next: str | None = None
    speed: Speed | None = None
