"""What the environment may change for reporting."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr, model_validator

from chassis.settings import Settings
from contracts.contact import EmailOrNone


class ReportingSettings(Settings):
    mongodb_database: str = "reporting"
    http_port: int = 8085
    # From how many tickets of a category at one company (and piece of equipment) on it is a candidate.
    modernisation_threshold: int = Field(5, ge=2, le=10_000)
    # Who signs an act for the work, as its papers say.
    contractor_name: str = Field("", max_length=200)
    contractor_tax_id: str = Field("", max_length=20)
    # Where reports are mailed through; without a host nothing is mailed.
    smtp_host: str = ""
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_sender: EmailOrNone = ""

    @model_validator(mode="after")
    def _has_a_sender(self) -> ReportingSettings:
        if self.smtp_host and not self.smtp_sender:
            raise ValueError("SMTP_HOST needs SMTP_SENDER: the address that letters come from")
        return self
