"""What the environment may change for reporting."""

from __future__ import annotations

from pydantic import Field

from chassis.settings import Settings


class ReportingSettings(Settings):
    mongodb_database: str = "reporting"
    http_port: int = 8085
    # From how many tickets of a category at one company (and piece of equipment) on it is a candidate.
    modernisation_threshold: int = Field(5, ge=2, le=10_000)
