"""The last events, so that a lost connection goes on where it was."""

from __future__ import annotations

from collections import OrderedDict

from gateway.live.heard import Heard

KEPT = 2000


class Ring:
    """In the order heard. `begin` names a point in time before which nothing is known."""

    def __init__(self, beginning: str, *, kept: int = KEPT) -> None:
        self._kept = kept
        self._events: OrderedDict[str, Heard | None] = OrderedDict()
        self.begin(beginning)

    @property
    def last_id(self) -> str:
        """A client that has this one has missed nothing."""
        return next(reversed(self._events))

    def begin(self, beginning: str) -> None:
        self._events.clear()
        self._events[beginning] = None

    def add(self, heard: Heard) -> bool:
        """False when it is here already: a relay that was not sure sent it again."""
        if heard.id in self._events:
            return False
        self._events[heard.id] = heard
        if len(self._events) > self._kept:
            self._events.popitem(last=False)
        return True

    def after(self, event_id: str) -> list[Heard] | None:
        """What came after this event; None when it is not known here (any more)."""
        if event_id not in self._events:
            return None
        found: list[Heard] = []
        for known in reversed(self._events):
            if known == event_id:
                break
            heard = self._events[known]
            if heard is not None:
                found.append(heard)
        return found[::-1]
