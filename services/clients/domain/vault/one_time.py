"""One-time codes from a seed (RFC 6238), as an authenticator would show them."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pyotp

from services.clients.domain.errors import RuleError

_SHORTEST_SECRET = 10
# Less is refused by pyotp, but many sites hand out less.
_SHORTEST_KEY = 14
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
        return pyotp.TOTP(_lengthened(seed))
    try:
        generator = pyotp.parse_uri(_with_lengthened_secret(seed))
        if isinstance(generator, pyotp.TOTP) and generator.interval in _PERIODS:
            generator.at(0)
            return generator
    except (ValueError, TypeError):
        pass
    raise RuleError("totp_seed", "not an otpauth://totp/ address with a secret and a period that make sense")


def _with_lengthened_secret(address: str) -> str:
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True)
    said = [(name, _lengthened(value) if name == "secret" else value) for name, value in query]
    return urlunsplit(parts._replace(query=urlencode(said)))


def _lengthened(secret: str) -> str:
    """Zeros behind a short key change no code: HMAC fills it up with them itself (RFC 2104)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    if len(key) < _SHORTEST_SECRET:
        raise ValueError("too short to be a seed")
    return base64.b32encode(key.ljust(_SHORTEST_KEY, b"\0")).decode()
