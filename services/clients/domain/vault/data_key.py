"""A company's own key, wrapped by a master key; with it the company's secrets are sealed and opened."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.clients.domain.vault.errors import BrokenSealError
from services.clients.domain.vault.master_keys import MasterKeys
from services.clients.domain.vault.seal import seal, unseal

_BYTES = 32


class DataKey(BaseModel):
    """As it is kept: `master` is the id of the key that wraps it."""

    model_config = ConfigDict(frozen=True)

    company_id: UUID
    master: str
    wrapped: bytes


@dataclass(frozen=True)
class CompanyKey:
    """As it is used, in memory only."""

    company_id: UUID
    key: bytes = field(repr=False)

    def seal(self, owner: UUID, name: str, text: str) -> bytes:
        """`owner` and `name`: the credential or licence, and its field. An empty text is kept as nothing."""
        return seal(self.key, text.encode(), "secret", self.company_id, owner, name) if text else b""

    def open(self, owner: UUID, name: str, sealed: bytes) -> str:
        """Raises BrokenSealError when it was not sealed for this very field."""
        if not sealed:
            return ""
        return unseal(self.key, sealed, "secret", self.company_id, owner, name).decode()

    def holds(self, owner: UUID, name: str, sealed: bytes, text: str) -> bool:
        """Whether it is this text that is sealed there; what cannot be opened holds nothing."""
        try:
            return self.open(owner, name, sealed) == text
        except BrokenSealError:
            return False

    def fingerprint(self, text: str) -> str:
        """To compare texts without keeping them: nobody without the key can try guesses on it."""
        own = hmac.digest(self.key, b"fingerprints", "sha256")
        return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()


def new_data_key(company_id: UUID, masters: MasterKeys) -> DataKey:
    return _wrapped(CompanyKey(company_id, os.urandom(_BYTES)), masters)


def unwrap(kept: DataKey, masters: MasterKeys) -> CompanyKey:
    """Raises BrokenSealError when its master key is not among ours, or it is another company's."""
    master = masters.keys.get(kept.master)
    if master is None:
        raise BrokenSealError
    return CompanyKey(kept.company_id, unseal(master, kept.wrapped, "data key", kept.company_id))


def rewrap(kept: DataKey, masters: MasterKeys) -> DataKey:
    """The same key, wrapped by the newest master key. Raises BrokenSealError."""
    return _wrapped(unwrap(kept, masters), masters)


def _wrapped(key: CompanyKey, masters: MasterKeys) -> DataKey:
    wrapped = seal(masters.keys[masters.newest], key.key, "data key", key.company_id)
    return DataKey(company_id=key.company_id, master=masters.newest, wrapped=wrapped)
