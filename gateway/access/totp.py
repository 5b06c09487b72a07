"""Time-based one-time passwords (RFC 6238: SHA-1, 30 s, six digits)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

_STEP_SECONDS = 30
_DRIFT = (0, -1, 1)


def code_at(secret: str, step: int) -> str:
    """`secret` is Base32, as authenticator programs show it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """The 30-second step this code belongs to, the present one or a neighbour; None for a wrong code."""
    present = int(at.timestamp()) // _STEP_SECONDS
    given = code.replace(" ", "").encode("utf-8", "replace")
    for drift in _DRIFT:
        if hmac.compare_digest(code_at(secret, present + drift).encode(), given):
            return present + drift
    return None
