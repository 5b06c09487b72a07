"""Runs one piece of the spool's work and kills itself before (or in the middle of) its n-th disk step.

Usage: spool_victim.py HOME STEP WORK; exit code 0 means that STEP was never reached.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from bureaucrat.parcel import Enclosure, Parcel, new_submission
from bureaucrat.spool import Spool

PARCEL_ID = UUID("01900000-0000-7000-8000-00000000abcd")
PICTURE = bytes(range(256)) * 300
_WATCHED = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}


def parcel() -> Parcel:
    made = new_submission("Не печатает принтер", "Бухгалтерия", {"hostname": "WS-12"})
    return Parcel(PARCEL_ID, made.kind, PARCEL_ID, made.fields, made.created_at)


def enclosures() -> list[Enclosure]:
    return [
        Enclosure("screenshot", "screen-1.png", "image/png", PICTURE),
        Enclosure("screenshot", "screen-2.png", "image/png", PICTURE[::-1]),
    ]


class Executioner:
    def __init__(self, home: str, step: int) -> None:
        self._home = home
        self._left = step

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _WATCHED and str(arguments[0]).startswith(self._home):
            self.step()

    def step(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        write, fsync = os.write, os.fsync

        def half_write(descriptor: int, content: Any) -> int:
            half = write(descriptor, content[: len(content) // 2 + 1])
            self.step()
            return half

        def late_fsync(descriptor: Any) -> None:
            self.step()
            fsync(descriptor)

        setattr(os, "write", half_write)  # noqa: B010
        setattr(os, "fsync", late_fsync)  # noqa: B010
        sys.addaudithook(self.audit)


def main() -> None:
    home, step, work = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if work == "put":
        Executioner(home, step).watch()
        spool = Spool(Path(home))
        spool.put(parcel(), enclosures())
        return
    spool = Spool(Path(home))
    Executioner(home, step).watch()
    for waiting in spool.pending():
        if work == "settle":
            spool.settle(waiting)
        else:
            spool.reject(waiting, {"title": "Нет"})


if __name__ == "__main__":
    main()
