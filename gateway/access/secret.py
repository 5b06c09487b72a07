"""Tokens: 256 random bits, of which only the SHA-256 is ever stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# What every staff API token begins with, so that it is told from a device's and found by secret scanners.
API_TOKEN_PREFIX = "hds_"  # noqa: S105 - a prefix, not a secret


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def csrf_token_of(session_token: str) -> str:
    """Bound to its session and derived from it, so that it need not be stored."""
    return hmac.new(session_token.encode("utf-8", "replace"), b"csrf", hashlib.sha256).hexdigest()
