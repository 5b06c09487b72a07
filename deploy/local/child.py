"""A process we started: its log, its end, and the ways a test may treat it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM, Signals

import psutil

_LOG_TAIL_LINES = 30


class Child:
    """One process and its group, with output going to a log file.

    Recorded on disk with its start time: after a crash of ours exactly it can be found and ended.
    `folder` is where it runs: ours, unless it leaves files lying about.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        run_dir: Path,
        folder: Path | None = None,
    ) -> None:
        self.name = name
        self.log_path = run_dir / "logs" / f"{name}.log"
        self._record = run_dir / "processes" / f"{name}.json"
        self._command = command
        self._environment = environment
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """What it is given, for a command that is to run beside it."""
        return self._environment

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                env={**_inherited(), **self._environment},
                cwd=self._folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        self._record.parent.mkdir(parents=True, exist_ok=True)
        # Whoever has ended by now needs no record to be found by.
        with contextlib.suppress(psutil.NoSuchProcess):
            started = psutil.Process(self._process.pid).create_time()
            self._record.write_text(json.dumps({"pid": self._process.pid, "started": started}))

    async def wait(self) -> int:
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        return await self._process.wait()

    async def stop(self, patience: float = 30.0) -> None:
        """SIGTERM, and SIGKILL for the whole group when that is not heard in time."""
        if self.is_running:
            self.ask_to_end()
            try:
                async with asyncio.timeout(patience):
                    await self.wait()
            except TimeoutError:
                await self.kill()
        self._signal_group(SIGKILL)
        self._record.unlink(missing_ok=True)

    async def kill(self) -> None:
        """kill -9 of the process and all its own."""
        self._signal_group(SIGKILL)
        await self.wait()

    def ask_to_end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, SIGTERM)

    def pause(self) -> None:
        self._signal_group(SIGSTOP)

    def resume(self) -> None:
        self._signal_group(SIGCONT)

    def _signal_group(self, number: Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def log_tail(self) -> str:
        if not self.log_path.exists():
            return ""
        return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-_LOG_TAIL_LINES:])


def _inherited() -> dict[str, str]:
    """Of our own environment only what a program needs to run: settings and secrets are given, not found."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}


def end_leftovers(run_dir: Path, patience: float = 20.0) -> list[str]:
    """End what an earlier run left behind, in the order services, then servers; returns their names."""
    ended: list[str] = []
    records = sorted(
        (run_dir / "processes").glob("*.json"), key=lambda record: record.stem in ("mongod", "rabbitmq")
    )
    for record in records:
        process = _recorded(record)
        if process:
            _end(process, patience)
            ended.append(record.stem)
        record.unlink(missing_ok=True)
    return ended


def _recorded(record: Path) -> psutil.Process | None:
    """The recorded process if it is still that one: a pid alone may be somebody else's by now."""
    try:
        kept = json.loads(record.read_text())
        process = psutil.Process(kept["pid"])
        return process if abs(process.create_time() - kept["started"]) < 1.0 else None
    except (ValueError, KeyError, psutil.NoSuchProcess):
        return None


def _end(process: psutil.Process, patience: float) -> None:
    family = [process, *process.children(recursive=True)]
    for number in (SIGCONT, SIGTERM):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)
    deadline = time.monotonic() + patience
    psutil.wait_procs([process], timeout=max(0.0, deadline - time.monotonic()))
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()
    psutil.wait_procs(family, timeout=5)
