"""A credential of a company: where it opens what is open to read, what it is is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from contracts.credentials import CredentialSaved
from contracts.envelope import Event
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.search import name_keys
from services.clients.domain.vault.data_key import CompanyKey

SEALED = ("login", "secret", "totp_seed", "notes")


class Credential(Aggregate):
    """The sealed fields are ciphertext, empty where nothing is set.

    `secret_version` is the version in which its secret became what it is: who saw an earlier one knows it
    no more, whatever the clocks say.
    """

    SECRET: ClassVar[frozenset[str]] = frozenset(SEALED)
    UNTOLD: ClassVar[frozenset[str]] = frozenset({"secret_changed_at", "secret_version"})

    company_id: UUID
    label: str
    address: str = ""
    equipment_id: UUID | None = None
    person_id: UUID | None = None
    login: bytes = b""
    secret: bytes = b""
    totp_seed: bytes = b""
    notes: bytes = b""
    secret_changed_at: datetime | None = None
    secret_version: int = 0
    archived: bool = False
    created_at: datetime

    @property
    def keys(self) -> set[str]:
        return name_keys(self.label) | name_keys(self.address)

    def reseal(self, key: CompanyKey, wanted: Mapping[str, str], at: datetime) -> None:
        """Seal those of the wanted texts that are other ones: the same text stays the same ciphertext."""
        fresh: dict[str, Any] = {
            name: key.seal(self.id, name, text)
            for name, text in wanted.items()
            if not key.holds(self.id, name, getattr(self, name), text)
        }
        # Where there is no password, it is the rest that somebody may know.
        if "secret" in fresh or (fresh and not self.secret):
            fresh |= {"secret_changed_at": at, "secret_version": self.version + 1}
        self.change(fresh, at)

    def open(self, key: CompanyKey, name: str) -> str:
        """Raises BrokenSealError."""
        return key.open(self.id, name, getattr(self, name))

    def event(self) -> Event:
        return CredentialSaved(
            id=self.id,
            version=self.version,
            company_id=self.company_id,
            equipment_id=self.equipment_id,
            person_id=self.person_id,
            label=self.label,
            archived=self.archived,
        )
