"""The tiny server, and a keyring that keeps out of the tester's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bureaucrat.api_client import ApiClient
from bureaucrat.spool import Spool
from tests.unit.bureaucrat.desk_server import TOKEN, DeskServer


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def desk() -> Iterator[DeskServer]:
    server = DeskServer()
    yield server
    server.close()


@pytest.fixture
def client(desk: DeskServer) -> Iterator[ApiClient]:
    api = ApiClient(desk.url, token=TOKEN)
    yield api
    api.close()


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path)
