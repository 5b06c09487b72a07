"""A company's own key, wrapped by a master key; with it the company's secrets are sealed and opened.

A company that gets a new one keeps its former ones: what was sealed a moment before still opens.
"""

from __future__ import annotations

import contextlib
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
    """As it is kept: `master` is the id of the key that wraps it, and its `former` ones, the latest first."""

    model_config = ConfigDict(frozen=True)

    company_id: UUID
    master: str
    wrapped: bytes
    former: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class CompanyKey:
    """As it is used, in memory only."""

    company_id: UUID
    key: bytes = field(repr=False)
    former: tuple[bytes, ...] = field(default=(), repr=False)

    def seal(self, owner: UUID, name: str, text: str) -> bytes:
        """`owner` and `name`: the credential or licence, and its field. An empty text is kept as nothing."""
        return seal(self.key, text.encode(), "secret", self.company_id, owner, name) if text else b""

    def open(self, owner: UUID, name: str, sealed: bytes) -> str:
        """Raises BrokenSealError when it was not sealed for this very field."""
        if not sealed:
            return ""
        for key in (self.key, *self.former):
            with contextlib.suppress(BrokenSealError):
                return unseal(key, sealed, "secret", self.company_id, owner, name).decode()
        raise BrokenSealError

    def is_newest_of(self, owner: UUID, name: str, sealed: bytes) -> bool:
        """Whether the newest key opens it, or there is nothing to open."""
        return not sealed or CompanyKey(self.company_id, self.key).opens(owner, name, sealed)

    def opens(self, owner: UUID, name: str, sealed: bytes) -> bool:
        try:
            self.open(owner, name, sealed)
        except BrokenSealError:
            return False
        return True

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
    key, *former = (
        unseal(master, wrapped, "data key", kept.company_id) for wrapped in (kept.wrapped, *kept.former)
    )
    return CompanyKey(kept.company_id, key, tuple(former))


def rewrap(kept: DataKey, masters: MasterKeys) -> DataKey:
    """The same keys, wrapped by the newest master key. Raises BrokenSealError."""
    return _wrapped(unwrap(kept, masters), masters)


def renew(kept: DataKey, masters: MasterKeys) -> DataKey:
    """A new key, behind which those that are there stay. Raises BrokenSealError."""
    before = unwrap(kept, masters)
    return _wrapped(CompanyKey(kept.company_id, os.urandom(_BYTES), (before.key, *before.former)), masters)


def _wrapped(key: CompanyKey, masters: MasterKeys) -> DataKey:
    master = masters.keys[masters.newest]
    wrapped, *former = (seal(master, one, "data key", key.company_id) for one in (key.key, *key.former))
    return DataKey(company_id=key.company_id, master=masters.newest, wrapped=wrapped, former=tuple(former))
