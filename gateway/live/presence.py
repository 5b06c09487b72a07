"""Who has which ticket open, and who writes in it: what every replica knows, for some seconds.

Each tab says where it is; what is not said again goes by itself, so nothing is left behind by a tab, a
replica or a network that is gone (docs/decisions/0055).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chassis.principal import Principal
from contracts.presence_http import Present, TicketPresence

# A tab says it again every 10 s; its connection's end leaves it as long as a reload takes.
STAYS_SECONDS, FADES_SECONDS = 25.0, 4.0
_MOST_TABS = 5_000
_LARGEST = 4 * 1024


class Seen(BaseModel):
    """One tab, as replicas tell each other; `seconds`: how long this holds unless it is said again."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    tab: UUID
    staff_id: UUID
    full_name: str
    number: int | None
    company_id: UUID | None
    typing: bool = False
    replica: str = ""
    seconds: float = Field(default=STAYS_SECONDS, ge=0, le=STAYS_SECONDS)

    @classmethod
    def parse(cls, body: bytes) -> Seen | None:
        """None for what is none of ours."""
        try:
            return cls.model_validate_json(body) if len(body) <= _LARGEST else None
        except ValidationError:
            return None


@dataclass(frozen=True)
class _Known:
    seen: Seen
    until: float


class Presence:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # By person and tab: nobody speaks for somebody else's.
        self._tabs: OrderedDict[tuple[UUID, UUID], _Known] = OrderedDict()

    def take(self, seen: Seen) -> set[int]:
        """The tickets at which something is otherwise now."""
        key = (seen.staff_id, seen.tab)
        before = self._tabs.pop(key, None)
        if seen.number is not None and seen.seconds > 0:
            self._tabs[key] = _Known(seen, self._clock() + seen.seconds)
        gone = self._tabs.popitem(last=False)[1] if len(self._tabs) > _MOST_TABS else None
        was, now = _place(before), _place(self._tabs.get(key))
        moved = {place[0] for place in (was, now) if place} if was != now else set()
        return moved | ({gone.seen.number} if gone and gone.seen.number else set())

    def known(self, staff_id: UUID, tab: UUID) -> Seen | None:
        found = self._tabs.get((staff_id, tab))
        return found.seen if found else None

    def expire(self) -> set[int]:
        """The tickets somebody left without a word."""
        moment = self._clock()
        over = [key for key, one in self._tabs.items() if one.until <= moment]
        left = {self._tabs.pop(key).seen.number for key in over}
        return {number for number in left if number is not None}

    def at(self, number: int) -> TicketPresence:
        """Each person once, however many tabs; typing in any of them is typing."""
        who: dict[UUID, Present] = {}
        for seen in (one.seen for one in self._tabs.values() if one.seen.number == number):
            typing = seen.typing or (seen.staff_id in who and who[seen.staff_id].typing)
            who[seen.staff_id] = Present(id=seen.staff_id, full_name=seen.full_name, typing=typing)
        return TicketPresence(
            number=number, who=sorted(who.values(), key=lambda one: (one.full_name, one.id))
        )

    def company_of(self, number: int) -> UUID | None:
        """As somebody who has it open said; None when nobody has."""
        return next((one.seen.company_id for one in self._tabs.values() if one.seen.number == number), None)

    def companies(self) -> dict[int, UUID | None]:
        """Of all tickets that somebody has open."""
        return {one.seen.number: one.seen.company_id for one in self._tabs.values() if one.seen.number}

    def seen_by(self, principal: Principal) -> list[TicketPresence]:
        """All tickets somebody has open, in the limits of whoever asks."""
        places = {one.seen.number: one.seen.company_id for one in self._tabs.values()}
        return [
            self.at(number)
            for number, company in places.items()
            if number is not None and company is not None and principal.may_see_company(company)
        ]


def _place(known: _Known | None) -> tuple[int, bool] | None:
    if known is None or known.seen.number is None:
        return None
    return known.seen.number, known.seen.typing
