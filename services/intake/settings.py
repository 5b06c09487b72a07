"""What the environment may change for intake."""

from __future__ import annotations

from chassis.settings import Settings


class IntakeSettings(Settings):
    mongodb_database: str = "intake"
    http_port: int = 8082
