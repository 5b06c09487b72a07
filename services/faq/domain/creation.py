"""The mark that an Idempotency-Key leaves on what it made."""

from __future__ import annotations

import hashlib
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Creation(BaseModel):
    """Hashes only: who made what, under which key. A key is its caller's own."""

    model_config = ConfigDict(frozen=True)

    key: str
    body: str


def creation_of(caller: UUID, key: UUID | None, body: BaseModel, *about: object) -> Creation | None:
    """`about`: what else makes it the same thing. None without a key."""
    if key is None:
        return None
    said = "\n".join([type(body).__name__, *map(str, about), body.model_dump_json()])
    return Creation(key=_hash(f"{caller}\n{key}"), body=_hash(said))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
