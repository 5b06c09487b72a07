"""What our own processes hold in memory: their proportional set size, shared pages counted once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import psutil


def pss_megabytes(pids: Iterable[int]) -> dict[int, float]:
    """Of each process and its children together."""
    return {pid: sum(map(_pss, _family(pid))) / 1024 for pid in pids}


def _family(pid: int) -> list[int]:
    process = psutil.Process(pid)
    return [pid, *(child.pid for child in process.children(recursive=True))]


def _pss(pid: int) -> int:
    """In KiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Pss:")))
