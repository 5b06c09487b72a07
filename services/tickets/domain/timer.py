"""The stopwatch of a specialist: one, on one ticket at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

# Nobody works so long on one ticket without a break: it was left running.
FORGOTTEN_AFTER = timedelta(hours=4)
_MINUTE = timedelta(minutes=1)


class Timer(BaseModel):
    """`running_since` None: it rests; `counted` is what came together in the runs before."""

    model_config = ConfigDict(frozen=True)

    number: int
    started_at: datetime
    running_since: datetime | None
    counted: timedelta = timedelta()
    version: int = 1

    def elapsed(self, now: datetime) -> timedelta:
        """A clock that was set back takes nothing away."""
        running = now - self.running_since if self.running_since else timedelta()
        return self.counted + max(running, timedelta())

    def minutes(self, now: datetime) -> int:
        """Begun minutes count whole."""
        return -(-self.elapsed(now) // _MINUTE)

    def is_forgotten(self, now: datetime) -> bool:
        return self.running_since is not None and now - self.running_since > FORGOTTEN_AFTER

    def running(self, now: datetime) -> Timer:
        if self.running_since:
            return self
        return self.model_copy(update={"running_since": now, "version": self.version + 1})

    def resting(self, now: datetime) -> Timer:
        if not self.running_since:
            return self
        counted = self.elapsed(now)
        return self.model_copy(
            update={"running_since": None, "counted": counted, "version": self.version + 1}
        )


def start(number: int, at: datetime) -> Timer:
    return Timer(number=number, started_at=at, running_since=at)
