"""What the environment may change for tickets."""

from __future__ import annotations

from chassis.settings import Settings


class TicketsSettings(Settings):
    mongodb_database: str = "tickets"
    http_port: int = 8083
