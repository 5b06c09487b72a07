"""The keys outside the database: the first wraps data keys, the others still open what they wrapped."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_BYTES = 32
_SHAPE = "MASTER_KEYS is «id:base64 of 32 bytes», the newest first, separated by commas"


@dataclass(frozen=True)
class MasterKeys:
    """By id, in the order in which they were given; never shown by accident."""

    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def read(cls, text: str) -> MasterKeys:
        """Raises ValueError, which says nothing of the keys."""
        found: dict[str, bytes] = {}
        for part in filter(None, map(str.strip, text.split(","))):
            name, _, encoded = part.partition(":")
            key = _decoded(encoded)
            if not _ID.fullmatch(name) or not _is_random(key) or name in found:
                raise ValueError(_SHAPE)
            found[name] = key
        if not found:
            raise ValueError(_SHAPE)
        return cls(found)

    @property
    def newest(self) -> str:
        return next(iter(self.keys))


def _is_random(key: bytes) -> bool:
    """Of 32 random bytes fewer than 16 different ones never come; of somebody's placeholder they do."""
    return len(key) == _BYTES and len(set(key)) >= _BYTES // 2


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
