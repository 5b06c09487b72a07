"""What was read a moment ago, kept in this process so that a request costs no query."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")

# How long another replica may go on with what was ended or revoked here.
KEPT_SECONDS = 5.0
_MOST = 20_000


class Memory(Generic[Value]):
    def __init__(self, *, seconds: float = KEPT_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Value]] = OrderedDict()

    def get(self, key: str) -> Value | None:
        found = self._kept.get(key)
        if found is None:
            return None
        until, value = found
        if until < self._clock():
            del self._kept[key]
            return None
        return value

    def keep(self, key: str, value: Value) -> None:
        self._kept[key] = (self._clock() + self._seconds, value)
        self._kept.move_to_end(key)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def forget(self, key: str) -> None:
        self._kept.pop(key, None)

    def forget_where(self, condition: Callable[[Value], bool]) -> None:
        for key in [key for key, (_, value) in self._kept.items() if condition(value)]:
            del self._kept[key]
