"""Device tokens: seen once by their device, known to everybody else only by their hash."""

from __future__ import annotations

import base64
import hashlib
import hmac

SEED_BYTES = 32


def make_token(seed: bytes, key: str) -> str:
    """256 bits from a random seed; the same seed and Idempotency-Key make the same token again."""
    return base64.urlsafe_b64encode(hmac.digest(seed, key.encode(), "sha256")).decode().rstrip("=")


def hash_of(token: str) -> str:
    """Hexadecimal SHA-256; needs no salt, since a token is random and not a password."""
    return hashlib.sha256(token.encode()).hexdigest()
