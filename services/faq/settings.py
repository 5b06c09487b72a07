"""What the environment may change for faq."""

from __future__ import annotations

from typing import Literal

from chassis.settings import Settings


class FaqSettings(Settings):
    mongodb_database: str = "faq"
    http_port: int = 8086
    # Of the demo of a local environment: `large` has a year of use behind it.
    demo_size: Literal["small", "large"] = "small"
