"""Time-based one-time passwords (RFC 6238: SHA-1, 30 s, six digits)."""

from __future__ import annotations

import hmac
from datetime import datetime

from pyotp import TOTP, random_base32

_STEP_SECONDS = 30
_DRIFT = (0, -1, 1)
_ISSUER = "HelpDesk"


def new_secret() -> str:
    """160 random bits in Base32, as authenticator programs take them."""
    return random_base32()


def address_for(secret: str, login: str) -> str:
    """What an authenticator reads from a QR code."""
    return TOTP(secret, interval=_STEP_SECONDS).provisioning_uri(name=login, issuer_name=_ISSUER)


def code_at(secret: str, step: int) -> str:
    return TOTP(secret, interval=_STEP_SECONDS).generate_otp(step)


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """The 30-second step this code belongs to, the present one or a neighbour; None for a wrong code."""
    present = int(at.timestamp()) // _STEP_SECONDS
    given = code.replace(" ", "").encode("utf-8", "replace")
    for drift in _DRIFT:
        if hmac.compare_digest(code_at(secret, present + drift).encode(), given):
            return present + drift
    return None
