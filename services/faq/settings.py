"""What the environment may change for faq."""

from __future__ import annotations

from chassis.settings import Settings


class FaqSettings(Settings):
    mongodb_database: str = "faq"
    http_port: int = 8086
