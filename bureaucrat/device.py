"""The enrolled device: whose it is, in `device.json`, and its token, in the keyring or a private file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bureaucrat import durable

_FILE = "device.json"
_TOKEN_FILE = "token"  # noqa: S105 - the name of a file
_SERVICE = "helpdesk-bureaucrat"


@dataclass(frozen=True)
class Device:
    """What the server said of this device when last asked."""

    device_id: str
    person_id: str
    person: str
    company: str
    screenshots_allowed: bool = True
    confirmed: bool = True
    is_manager: bool = False

    def heard(self, me: Mapping[str, Any]) -> Device:
        """The same device after an answer of the server."""
        person, company = me.get("person") or {}, me.get("company") or {}
        return replace(
            self,
            person_id=str(person.get("id", self.person_id)),
            person=str(person.get("full_name", self.person)),
            company=str(company.get("name", self.company)),
            screenshots_allowed=bool(me.get("screenshots_allowed", self.screenshots_allowed)),
            confirmed=bool(me.get("confirmed", self.confirmed)),
            is_manager=bool(me.get("is_manager", self.is_manager)),
        )


def new_device(enrolment: Mapping[str, Any]) -> Device:
    return Device(str(enrolment["device_id"]), "", "", "").heard(enrolment)


class DeviceFolder:
    """Keeps one device for one server."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def load(self) -> Device | None:
        try:
            return Device(**json.loads((self._home / _FILE).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, device: Device) -> None:
        durable.make_folder(self._home)
        durable.replace_file(self._home / _FILE, json.dumps(asdict(device), ensure_ascii=False).encode())

    def enrol(self, device: Device, token: str) -> None:
        """The token first: a device is only there when it can speak."""
        durable.make_folder(self._home)
        if not _into_keyring(device.device_id, token):
            durable.replace_file(self._home / _TOKEN_FILE, token.encode())
        self.save(device)

    def token(self, device: Device) -> str | None:
        try:
            return (self._home / _TOKEN_FILE).read_text().strip()
        except OSError:
            return _from_keyring(device.device_id)

    def forget(self) -> None:
        """The device was revoked: its token is worth nothing now."""
        device = self.load()
        for name in (_FILE, _TOKEN_FILE):
            (self._home / name).unlink(missing_ok=True)
        if device:
            _out_of_keyring(device.device_id)


def _into_keyring(name: str, token: str) -> bool:
    # Imported here: finding the system's keyring takes longer than opening the window may.
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, name, token)
        return keyring.get_password(_SERVICE, name) == token
    except (KeyringError, RuntimeError, OSError):
        return False


def _from_keyring(name: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, name)
    except (KeyringError, RuntimeError, OSError):
        return None


def _out_of_keyring(name: str) -> None:
    import contextlib

    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError, RuntimeError, OSError):
        keyring.delete_password(_SERVICE, name)
