"""The secrets of one checkout: made once, kept readable by their owner only."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SERVICES = ("intake", "tickets", "clients", "reporting", "faq", "gateway")
ADMINISTRATOR = "administrator"


class Secrets(NamedTuple):
    """Passwords by account (one for both servers), the principal's key pair, the vault's master keys."""

    passwords: dict[str, str]
    principal_private_key: str
    principal_public_key: str
    cluster_key: str
    master_keys: str


def load_secrets(path: Path) -> Secrets:
    """Read them, or make them if there are none yet; accounts added since get a password."""
    kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else _new_keys()
    missing = {ADMINISTRATOR, *SERVICES} - kept["passwords"].keys()
    if missing or "master_keys" not in kept or not path.exists():
        kept.setdefault("master_keys", f"local:{_text(secrets.token_bytes(32))}")
        kept["passwords"].update({account: secrets.token_urlsafe(24) for account in sorted(missing)})
        write_private(path, json.dumps(kept))
    return Secrets(**kept)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    temporary.replace(path)


def _new_keys() -> dict[str, Any]:
    key = Ed25519PrivateKey.generate()
    return {
        "passwords": {},
        "principal_private_key": _text(key.private_bytes_raw()),
        "principal_public_key": _text(key.public_key().public_bytes_raw()),
        "cluster_key": secrets.token_urlsafe(64),
    }


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
