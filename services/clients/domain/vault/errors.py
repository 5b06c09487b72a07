"""Why a secret cannot be opened."""

from __future__ import annotations


class BrokenSealError(Exception):
    """It was tampered with, moved, or sealed with a key that we do not have."""
