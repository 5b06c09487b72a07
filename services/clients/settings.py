"""What the environment may change for clients."""

from __future__ import annotations

from typing import Literal

from pydantic import SecretStr, field_validator

from chassis.settings import Settings
from services.clients.domain.vault.master_keys import MasterKeys


class ClientsSettings(Settings):
    mongodb_database: str = "clients"
    http_port: int = 8084
    # Of a local environment with an empty database.
    demo_size: Literal["small", "large"] = "small"
    # «id:base64 of 32 bytes», the newest first, separated by commas: what wraps the companies' data keys.
    master_keys: SecretStr

    @field_validator("master_keys")
    @classmethod
    def _check_masters(cls, value: SecretStr) -> SecretStr:
        MasterKeys.read(value.get_secret_value())
        return value

    @property
    def masters(self) -> MasterKeys:
        return MasterKeys.read(self.master_keys.get_secret_value())
