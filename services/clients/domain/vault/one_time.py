"""One-time codes from a seed (RFC 6238), as an authenticator would show them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from services.clients.domain.errors import RuleError

# Sites do hand out seeds of 80 bits, though RFC 4226 asks for 128.
_SHORTEST_SECRET = 10
_PERIODS = range(10, 301)
_DIGITS = (6, 7, 8)
_ALGORITHMS: Mapping[str, type[SHA1 | SHA256 | SHA512]] = {"SHA1": SHA1, "SHA256": SHA256, "SHA512": SHA512}


class OneTimeCode(NamedTuple):
    code: str
    valid_for_seconds: int


class _Seed(NamedTuple):
    secret: bytes
    digits: int = 6
    period: int = 30
    algorithm: str = "SHA1"


def checked_seed(text: str) -> str:
    """Base32 as sites print it, or an `otpauth://totp/` address from their QR code; raises RuleError."""
    if not text:
        return ""
    if _is_address(text):
        _read_address(text)
        return text
    _decoded(text)
    return _letters(text)


def code_of(seed: str, at: datetime) -> OneTimeCode:
    """Raises RuleError for a seed that is none."""
    read = _read_address(seed) if _is_address(seed) else _Seed(_decoded(seed))
    algorithm = _ALGORITHMS[read.algorithm]()
    moment = int(at.timestamp())
    totp = TOTP(read.secret, read.digits, algorithm, read.period, enforce_key_length=False)
    return OneTimeCode(totp.generate(moment).decode(), read.period - moment % read.period)


def _is_address(text: str) -> bool:
    return text[:8].lower() == "otpauth:"


def _read_address(text: str) -> _Seed:
    try:
        address = urlsplit(text)
        said = dict(parse_qsl(address.query))
        read = _Seed(
            _decoded(said.get("secret", "")),
            _whole(said, "digits", 6),
            _whole(said, "period", 30),
            said.get("algorithm", "SHA1").upper().replace("-", ""),
        )
    except ValueError:
        raise _refused() from None
    is_good = read.digits in _DIGITS and read.period in _PERIODS and read.algorithm in _ALGORITHMS
    if address.netloc.lower() != "totp" or not is_good:
        raise _refused()
    return read


def _whole(said: Mapping[str, str], name: str, otherwise: int) -> int:
    return int(said[name][:9]) if name in said else otherwise


def _letters(text: str) -> str:
    return "".join(text.split()).replace("-", "").rstrip("=").upper()


def _decoded(text: str) -> bytes:
    letters = _letters(text)
    try:
        secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raise _refused() from None
    if len(secret) < _SHORTEST_SECRET:
        raise _refused()
    return secret


def _refused() -> RuleError:
    return RuleError("totp_seed", "not a seed in Base32, nor an otpauth://totp/ address that makes sense")
