"""Processor time of the product: what a request costs, however busy the machine is with something else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

import psutil

from deploy.local.stack import Stack

_REST_SECONDS = 5.0


class Spending:
    """Of our own processes and mongod; what they spend at rest is no cost of a request."""

    def __init__(self, stack: Stack) -> None:
        pids = [service.pid for service in stack.services.values()]
        self._processes = [psutil.Process(pid) for pid in [*pids, stack.mongo.pid]]
        self._at_rest = 0.0

    async def rest(self) -> None:
        """Look at what is spent while nobody asks for anything."""
        before, began = self.seconds(), time.monotonic()
        await asyncio.sleep(_REST_SECONDS)
        self._at_rest = (self.seconds() - before) / (time.monotonic() - began)

    def seconds(self) -> float:
        return sum(_seconds(self._family()))

    def milliseconds_each(self, before: float, elapsed: float, requests: int) -> float:
        """Since `seconds` was `before`, over so many requests."""
        spent = self.seconds() - before - self._at_rest * elapsed
        return 1000 * max(spent, 0.0) / max(requests, 1)

    def _family(self) -> Iterable[psutil.Process]:
        for process in self._processes:
            yield process
            yield from process.children(recursive=True)


def _seconds(processes: Iterable[psutil.Process]) -> Iterable[float]:
    for process in processes:
        times = process.cpu_times()
        yield times.user + times.system
