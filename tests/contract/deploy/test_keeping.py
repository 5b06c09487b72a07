"""`make run` keeps up what ends by itself, and `make stop` ends it from elsewhere."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import __main__ as local
from deploy.local.child import Child

_HOLD = """
import signal, sys
from pathlib import Path
from deploy.local import __main__ as local

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
local.RUN_DIR = Path(sys.argv[1])
with local._only_one():
    print("held", flush=True)
    signal.sigwait([signal.SIGTERM])
"""


class Mortal(Child):
    """Ends at once; the second start does not succeed at all."""

    starts = 0

    async def start(self) -> None:
        self.starts += 1
        await super().start()
        if self.starts == 2:
            await self.wait()
            raise RuntimeError("not this time")


async def test_a_process_that_ends_is_started_again_also_when_a_start_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "_FIRST_RESTART_PAUSE", 0.0)
    child = Mortal("mortal", [sys.executable, "-c", "pass"], {}, tmp_path)
    await child.start()
    keeping = asyncio.create_task(local._keep(child))
    async with asyncio.timeout(60):
        while child.starts < 4:  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.01)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    await child.stop()


def test_a_running_one_is_told_to_stop_and_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "RUN_DIR", tmp_path)
    command = [sys.executable, "-c", _HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "held\n"
        with pytest.raises(SystemExit, match="make stop"), local._only_one():
            pass
        with local._only_one(instead=True):
            assert running.wait(timeout=30) == 0


def test_where_nothing_runs_there_is_nobody_to_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "RUN_DIR", tmp_path)
    for _ in range(2):
        with local._only_one(instead=True):
            pass
