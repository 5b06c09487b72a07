"""Processes we start can be found and ended after a crash of ours, and nobody else's are."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import psutil
import pytest

from deploy.local.child import Child, end_leftovers

_FOREVER = [sys.executable, "-c", "import time\nwhile True: time.sleep(60)"]


@pytest.fixture
def child(tmp_path: Path) -> Child:
    return Child("sleeper", _FOREVER, {}, tmp_path)


async def test_a_leftover_is_found_and_ended(child: Child, tmp_path: Path) -> None:
    await child.start()
    assert end_leftovers(tmp_path) == ["sleeper"]
    await child.wait()
    assert end_leftovers(tmp_path) == []


async def test_a_frozen_leftover_is_ended_too(child: Child, tmp_path: Path) -> None:
    await child.start()
    child.pause()
    assert end_leftovers(tmp_path, patience=1.0) == ["sleeper"]
    await child.wait()


async def test_a_pid_that_is_somebody_elses_by_now_is_left_alone(tmp_path: Path) -> None:
    record = tmp_path / "processes" / "other.json"
    record.parent.mkdir()
    record.write_text(json.dumps({"pid": os.getpid(), "started": 1.0}))
    assert end_leftovers(tmp_path) == []
    assert psutil.pid_exists(os.getpid())
    assert not record.exists()


async def test_a_stopped_child_leaves_no_record(child: Child, tmp_path: Path) -> None:
    await child.start()
    await child.stop()
    assert not child.is_running
    assert list((tmp_path / "processes").iterdir()) == []


async def test_a_child_gets_its_own_environment_and_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONGODB_URL", "mongodb://somebody-else")
    command = [sys.executable, "-c", "import os; print(sorted(os.environ))"]
    child = Child("printer", command, {"OURS": "1"}, tmp_path)
    await child.start()
    await child.wait()
    assert "OURS" in child.log_tail()
    assert "MONGODB_URL" not in child.log_tail()
