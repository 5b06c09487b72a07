"""How long to wait before the next try: twice as long each time, up to a limit, never all at once."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass
class Backoff:
    """Equal jitter: half of the pause is certain, half is chance, so that thousands do not come together."""

    first: float = 1.0
    longest: float = 60.0
    tries: int = 0

    def next(self) -> float:
        ceiling = min(self.longest, self.first * 2.0 ** min(self.tries, 30))
        self.tries += 1
        return ceiling / 2 + random.random() * ceiling / 2  # noqa: S311 - chance, not secrecy

    def reset(self) -> None:
        self.tries = 0
