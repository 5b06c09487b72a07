"""What the environment may change for the gateway."""

from __future__ import annotations

from pydantic import Field, SecretStr

from chassis.settings import Settings


class GatewaySettings(Settings):
    mongodb_database: str = "gateway"
    internal_port: int = Field(ge=1, le=65535)
    intake_url: str
    tickets_url: str
    clients_url: str
    faq_url: str
    reporting_url: str
    principal_private_key: SecretStr

    # Addresses of reverse proxies whose X-Forwarded-For and -Proto are believed, comma-separated.
    trusted_proxies: str = ""
    session_idle_hours: float = Field(12, gt=0)
    session_days: float = Field(7, gt=0)
    # How often one caller (a session, a token; without them an address) may call.
    requests_per_second: float = Field(50, gt=0)
    request_burst: int = Field(300, gt=0)
    # A service that takes longer over an answer is away (503).
    answer_within_seconds: float = Field(5, gt=0)
    # Work in hand at once; beyond it callers are asked to come again (503).
    requests_at_once: int = Field(200, gt=0)
    uploads_at_once: int = Field(64, gt=0)
    streams_at_once: int = Field(2000, gt=0)
    largest_upload_megabytes: int = Field(100, gt=0)

    @property
    def secure_cookies(self) -> bool:
        return self.environment != "local"

    @property
    def largest_upload(self) -> int:
        return self.largest_upload_megabytes * 1024 * 1024
