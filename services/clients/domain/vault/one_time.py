"""One-time codes from a seed (RFC 6238), as an authenticator would show them."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import NamedTuple

import pyotp

from services.clients.domain.errors import RuleError

_SHORTEST_SECRET = 10
_PERIODS = range(10, 301)


class OneTimeCode(NamedTuple):
    code: str
    valid_for_seconds: int


def checked_seed(text: str) -> str:
    """Base32 as sites print it, or an `otpauth://totp/` address from their QR code; raises RuleError."""
    if text.lower().startswith("otpauth:"):
        _generator(text)
        return text
    seed = "".join(text.split()).replace("-", "").rstrip("=").upper()
    try:
        is_good = len(base64.b32decode(seed + "=" * (-len(seed) % 8))) >= _SHORTEST_SECRET
    except ValueError:
        is_good = False
    if text and not is_good:
        raise RuleError("totp_seed", "not a seed in Base32, nor an otpauth:// address")
    return seed


def code_of(seed: str, at: datetime) -> OneTimeCode:
    """Raises RuleError for a seed that is none."""
    generator = _generator(seed)
    left = generator.interval - int(at.timestamp()) % generator.interval
    return OneTimeCode(generator.at(at), left)


def _generator(seed: str) -> pyotp.TOTP:
    if not seed.lower().startswith("otpauth:"):
        return pyotp.TOTP(seed)
    try:
        generator = pyotp.parse_uri(seed)
        if isinstance(generator, pyotp.TOTP) and generator.interval in _PERIODS:
            generator.at(0)
            return generator
    except (ValueError, TypeError):
        pass
    raise RuleError("totp_seed", "not an otpauth://totp/ address with a secret and a period that make sense")
