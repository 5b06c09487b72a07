"""The map of rooms is kept by a check; here the check itself is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.rooms import ROOT, strays


def test_every_file_of_the_project_has_a_room() -> None:
    assert strays(ROOT) == []


@pytest.mark.parametrize(
    "path",
    [
        "services/tickets/notes.py",
        "services/tickets/domain/utils.py",
        "somewhere/file.py",
        "chassis/common.py",
    ],
)
def test_a_file_without_a_room_is_found(tmp_path: Path, path: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.touch()
    assert strays(tmp_path) == [path.removesuffix(".py")]


@pytest.mark.parametrize(
    "path", ["services/tickets/domain/sla.py", "services/tickets/app.py", "chassis/relay.py"]
)
def test_a_file_in_its_room_is_left_alone(tmp_path: Path, path: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.touch()
    assert strays(tmp_path) == []
