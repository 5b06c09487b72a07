"""What comes to its end is said 30, 7 and 0 days before, once each."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.clients.domain.storage import RegistryStorage
from services.clients.domain.term import STAGES, Ending

_TOMORROW = timedelta(days=1)


async def tell_terms(registry: RegistryStorage, today: date, at: datetime) -> int:
    """Returns how many were said. May be cut off anywhere, come late, and be done by several at once."""
    told = 0
    for stage in STAGES:
        while endings := await registry.terms.untold(today, stage):
            companies = await registry.companies.references(ending.company_id for ending in endings)
            settled = 0
            for ending in endings:
                event = ending.event(companies[ending.company_id], stage, today)
                goes_on = await _goes_on(registry, ending)
                if await registry.terms.tell(ending, stage, None if goes_on else event, at):
                    settled += 1
                    told += not goes_on
            if not settled:
                # Somebody else is at it: a later stage now would say what they are about to say sooner.
                return told
    return told


async def _goes_on(registry: RegistryStorage, ending: Ending) -> bool:
    """A contract that another one follows the next day comes to no end that anybody has to see to."""
    if ending.kind != "contract":
        return False
    return await registry.contracts.holding(ending.company_id, ending.ends_on + _TOMORROW) is not None
