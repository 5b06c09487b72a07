"""What the environment may change for clients."""

from __future__ import annotations

from chassis.settings import Settings


class ClientsSettings(Settings):
    mongodb_database: str = "clients"
    http_port: int = 8084
