"""What the environment may change, for every service alike."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.delivery import RETRY_PAUSES

# Values printed in documents and examples: a production start with one of them is refused.
PUBLISHED_SECRETS = frozenset({"", "demo", "guest", "password", "secret", "changeme", "change-me"})
_KEY_BYTES = 32
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class Settings(BaseSettings):
    """Read from the environment; a secret NAME may instead be a file's path in NAME_FILE."""

    model_config = SettingsConfigDict(extra="ignore")

    environment: Literal["local", "production"] = Field("production", validation_alias="HELPDESK_ENVIRONMENT")
    mongodb_url: SecretStr
    mongodb_database: str
    amqp_url: SecretStr
    http_host: str = "127.0.0.1"
    http_port: int = Field(ge=1, le=65535)
    principal_public_key: SecretStr
    # Seconds between the attempts at a message that fails, as JSON; the topology step needs the same.
    retry_pauses: tuple[float, ...] = Field(RETRY_PAUSES, min_length=1)
    # Whose midnight ends a day and a month, wherever something is counted by them.
    time_zone: ZoneInfo = ZoneInfo("Europe/Moscow")
    log_level: Annotated[LogLevel, BeforeValidator(str.upper)] = "INFO"
    log_format: Literal["json", "console"] = "json"
    otlp_endpoint: str = Field("", validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")

    @model_validator(mode="before")
    @classmethod
    def _read_secret_files(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name in cls.model_fields:
            path = os.environ.get(f"{name.upper()}_FILE")
            if path and name not in values:
                values[name] = _read(f"{name.upper()}_FILE", Path(path))
        return values

    @model_validator(mode="after")
    def _refuse_published_secrets(self) -> Settings:
        if self.environment == "local":
            return self
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr) and _is_published(value.get_secret_value()):
                raise ValueError(
                    f"{name.upper()} is missing or a published default: set a secret of your own"
                )
        return self

    @model_validator(mode="after")
    def _check_key(self) -> Settings:
        if not _is_key(self.principal_public_key.get_secret_value()):
            raise ValueError("PRINCIPAL_PUBLIC_KEY is no key: base64 of the raw 32 bytes of an Ed25519 key")
        return self


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == _KEY_BYTES
    except ValueError:
        return False


def _read(name: str, path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{name} names a file that cannot be read: {path}") from error


def _is_published(secret: str) -> bool:
    credentials = secret.rpartition("@")[0].rpartition("://")[2]
    password = credentials.partition(":")[2] if "://" in secret else secret
    return bool("://" not in secret or credentials) and password in PUBLISHED_SECRETS
