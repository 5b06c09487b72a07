"""AES-256-GCM with random nonces (NIST SP 800-38D): what is sealed opens only in the place it was made for.

A key seals far fewer than the 2^32 texts for which random nonces of 96 bits are safe: a company's secrets.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.clients.domain.vault.errors import BrokenSealError

_FORM = b"\x01"
_NONCE_BYTES = 12


def seal(key: bytes, content: bytes, *place: object) -> bytes:
    """`place`: whose and which it is; the same is needed to open it."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORM + nonce + AESGCM(key).encrypt(nonce, content, _said(place))


def unseal(key: bytes, sealed: bytes, *place: object) -> bytes:
    """Raises BrokenSealError."""
    form, nonce, content = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    if form != _FORM or len(nonce) != _NONCE_BYTES:
        raise BrokenSealError
    try:
        return AESGCM(key).decrypt(nonce, content, _said(place))
    except InvalidTag:
        raise BrokenSealError from None


def _said(place: tuple[object, ...]) -> bytes:
    """No part of a place can hold the separator: they are ids and names of ours."""
    return b"\x00".join(str(part).encode() for part in place)
