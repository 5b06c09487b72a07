"""How often one caller may come: a bucket of tokens each, in this process."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_CALLERS = 50_000


class Rate:
    def __init__(self, per_second: float, burst: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> float:
        """0 when the caller may go on; otherwise the seconds to wait."""
        moment = self._clock()
        filled, left = self._buckets.get(caller, (moment, self._burst))
        left = min(self._burst, left + (moment - filled) * self._per_second)
        wait = 0.0 if left >= 1 else (1 - left) / self._per_second
        self._buckets[caller] = (moment, left if wait else left - 1)
        self._buckets.move_to_end(caller)
        if len(self._buckets) > _MOST_CALLERS:
            self._buckets.popitem(last=False)
        return wait

    def is_spent(self, caller: str) -> bool:
        """Whether nothing is left, without taking."""
        filled, left = self._buckets.get(caller, (0.0, self._burst))
        return left + (self._clock() - filled) * self._per_second < 1

    @staticmethod
    def seconds(wait: float) -> str:
        """For Retry-After."""
        return str(max(1, math.ceil(wait)))
