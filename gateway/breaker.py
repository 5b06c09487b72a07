"""Stops calling a service that does not answer, and tries it again soon."""

from __future__ import annotations

import time
from collections.abc import Callable

_FAILURES_TO_OPEN = 5
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 5.0


class Breaker:
    """Closed while calls succeed; open after failures in a row; then one trial call at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._pause = _FIRST_PAUSE_SECONDS
        self._open_until = 0.0
        self._was_refused = False

    @property
    def is_open(self) -> bool:
        return self._failures >= _FAILURES_TO_OPEN

    @property
    def costs_nothing(self) -> bool:
        """A call that is too early is refused at once: it keeps neither its caller nor the service busy."""
        return self._was_refused

    def admit(self) -> bool:
        """Whether a call may be made now; the caller then says how it went."""
        if not self.is_open:
            return True
        moment = self._clock()
        if moment < self._open_until:
            return False
        self._open_until = moment + self._pause
        return True

    def succeeded(self) -> None:
        self._failures = 0
        self._was_refused = False
        self._pause = _FIRST_PAUSE_SECONDS

    def failed(self, *, was_refused: bool = False) -> None:
        """`was_refused`: nobody listened there, which was told at once."""
        self._failures += 1
        self._was_refused = was_refused
        if self.is_open:
            self._open_until = self._clock() + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE_SECONDS)

    @property
    def retry_after(self) -> int:
        """Whole seconds until a call may succeed again."""
        return max(1, round(self._open_until - self._clock()))
