"""Secrets are made once, fit together, and are nobody else's to read."""

from __future__ import annotations

import base64
import json
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.local.secret_store import ADMINISTRATOR, SERVICES, load_secrets


def test_every_account_has_a_password_of_its_own(tmp_path: Path) -> None:
    passwords = load_secrets(tmp_path / "secrets.json").passwords
    assert set(passwords) == {ADMINISTRATOR, *SERVICES}
    assert len(set(passwords.values())) == len(passwords)


def test_the_second_start_finds_the_same_secrets(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    assert load_secrets(path) == load_secrets(path)


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    load_secrets(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_account_added_later_gets_a_password_and_the_others_keep_theirs(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    before = load_secrets(path).passwords
    kept = json.loads(path.read_text())
    del kept["passwords"]["clients"]
    path.write_text(json.dumps(kept))
    after = load_secrets(path).passwords
    assert after["clients"] != before["clients"]
    assert {k: v for k, v in after.items() if k != "clients"} == {
        k: v for k, v in before.items() if k != "clients"
    }


def test_the_principals_keys_are_a_pair(tmp_path: Path) -> None:
    secrets = load_secrets(tmp_path / "secrets.json")
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secrets.principal_private_key))
    assert base64.b64encode(private.public_key().public_bytes_raw()).decode() == secrets.principal_public_key
