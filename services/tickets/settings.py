"""What the environment may change for tickets."""

from __future__ import annotations

from pydantic import Field

from chassis.settings import Settings


class TicketsSettings(Settings):
    mongodb_database: str = "tickets"
    http_port: int = 8083
    # What is solved and of which nothing is heard for so long is closed.
    close_after_days: int = Field(3, ge=1, le=365)
