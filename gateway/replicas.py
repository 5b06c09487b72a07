"""The addresses of one service: asked in turn, each behind its own breaker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from gateway.breaker import Breaker


class Replica(NamedTuple):
    url: str
    breaker: Breaker


class Replicas:
    """`urls` are separated by commas, as the setting gives them."""

    def __init__(self, urls: str) -> None:
        self._all = [Replica(url.strip().rstrip("/"), Breaker()) for url in urls.split(",")]
        self._turn = count()

    def admitted(self) -> Iterator[Replica]:
        """Those that may be asked now, another one first each time; the caller says how it went.

        When none of them answers, those too that refused of late: they may be back this very moment, as in a
        rolling restart, where one goes as soon as the other is there.
        """
        first = next(self._turn)
        in_turn = [self._all[(first + n) % len(self._all)] for n in range(len(self._all))]
        left = []
        for replica in in_turn:
            if replica.breaker.admit():
                yield replica
            else:
                left.append(replica)
        yield from (replica for replica in left if replica.breaker.costs_nothing)

    @property
    def retry_after(self) -> int:
        """Whole seconds until a call may succeed again."""
        return min(replica.breaker.retry_after for replica in self._all)
