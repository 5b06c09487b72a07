"""A device is kept with its token where only its owner can read it."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from bureaucrat.device import DeviceFolder, new_device

ENROLMENT = {
    "device_id": "d1",
    "person": {"id": "p1", "full_name": "Иванова Анна"},
    "company": {"id": "c1", "name": "ООО «Ромашка»"},
    "screenshots_allowed": False,
    "confirmed": False,
}


class Shelf(KeyringBackend):
    """A system keyring that works."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call, unused-ignore]
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    backend = Shelf()
    for name in ("set_password", "get_password", "delete_password"):
        monkeypatch.setattr(keyring, name, getattr(backend, name))
    return backend


def test_without_a_keyring_the_token_is_a_private_file(tmp_path: Path) -> None:
    folder = DeviceFolder(tmp_path / "home")
    folder.enrol(new_device(ENROLMENT), "secret")
    assert (tmp_path / "home" / "token").stat().st_mode & 0o777 == 0o600
    device = DeviceFolder(tmp_path / "home").load()
    assert device is not None
    assert (device.person, device.company) == ("Иванова Анна", "ООО «Ромашка»")
    assert not device.screenshots_allowed
    assert folder.token(device) == "secret"


def test_with_a_keyring_the_token_is_in_no_file(tmp_path: Path, shelf: Shelf) -> None:
    folder = DeviceFolder(tmp_path)
    folder.enrol(new_device(ENROLMENT), "secret")
    device = folder.load()
    assert device is not None
    assert folder.token(device) == "secret"
    assert all(b"secret" not in path.read_bytes() for path in tmp_path.iterdir())


def test_what_the_server_says_later_is_taken_over() -> None:
    device = new_device(ENROLMENT).heard({"confirmed": True, "is_manager": True, "screenshots_allowed": True})
    assert (device.confirmed, device.is_manager, device.screenshots_allowed) == (True, True, True)
    assert device.person == "Иванова Анна"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff"])
def test_a_damaged_record_means_that_one_has_to_enrol(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "device.json").write_bytes(content)
    assert DeviceFolder(tmp_path).load() is None
