"""What a computer says of itself: any JSON that everybody after us can read too."""

from __future__ import annotations

import math

# JSON readers and writers give up somewhere between 128 and 1000 levels, and at 64 bits.
_DEEPEST = 32
_LARGEST = 2**63 - 1


def check_diagnostics(value: object, *, deepest: int = _DEEPEST) -> None:
    """Raises ValueError, whose message says what about it cannot be kept."""
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int) and abs(value) > _LARGEST:
        raise ValueError("holds a number beyond 64 bits")
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("holds a number that JSON does not know")
    elif isinstance(value, dict | list):
        if not deepest:
            raise ValueError("is nested too deeply")
        for inner in (*value, *value.values()) if isinstance(value, dict) else value:
            check_diagnostics(inner, deepest=deepest - 1)


def _check_text(text: str) -> None:
    """JSON can carry lone surrogates, which UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds text that is no Unicode") from error
