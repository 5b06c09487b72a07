"""What was read a moment ago, kept in this process: tickets of one company come together (ADR 0056)."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

_KEPT_SECONDS, _MOST = 2.0, 2_000
_T = TypeVar("_T")


class Recent:
    """Any change made in this process drops all of it; of another replica's it knows after two seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._dropped = 0

    async def of(self, key: Hashable, read: Callable[[], Awaitable[_T]]) -> _T:
        """What cannot be read is not kept, nor what was read while something changed."""
        known = self._kept.get(key)
        if known and known[0] > self._clock():
            value: _T = known[1]
            return value
        dropped = self._dropped
        value = await read()
        if dropped == self._dropped:
            self._kept[key] = (self._clock() + _KEPT_SECONDS, value)
            self._kept.move_to_end(key)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return value

    def drop(self) -> None:
        self._dropped += 1
        self._kept.clear()
