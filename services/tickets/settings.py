"""What the environment may change for tickets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chassis.settings import Settings


class TicketsSettings(Settings):
    mongodb_database: str = "tickets"
    http_port: int = 8083
    # What is solved and of which nothing is heard for so long is closed.
    close_after_days: int = Field(3, ge=1, le=365)
    # In a local environment: large keeps numbers free for a year of history, which a command then writes.
    demo_size: Literal["small", "large"] = "small"
