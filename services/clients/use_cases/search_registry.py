"""Companies, people, equipment and credentials are looked for at once, as one types."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from chassis.principal import Principal
from services.clients.domain.company import Company
from services.clients.domain.credential import Credential
from services.clients.domain.equipment import Equipment
from services.clients.domain.listing import Wanted
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.understand import Reading, readings


@dataclass(frozen=True)
class Findings:
    """`reading`: as it was understood, which need not be as it was typed."""

    reading: Reading = ()
    companies: list[Company] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    equipment: list[Equipment] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.companies or self.people or self.equipment or self.credentials)


async def search_registry(registry: RegistryStorage, text: str, limit: int, staff: Principal) -> Findings:
    """What the first reading finds that finds anything; only what the caller may see."""
    if not text:
        return Findings()
    async for reading in readings(registry.words, text):
        wanted = Wanted(words=reading, companies=staff.companies, limit=limit)
        if found := await _look(registry, wanted):
            return found
    return Findings()


async def _look(registry: RegistryStorage, wanted: Wanted) -> Findings:
    companies, people, equipment, credentials = await asyncio.gather(
        registry.companies.some(wanted),
        registry.people.some(wanted),
        registry.equipment.some(wanted),
        registry.credentials.some(wanted),
    )
    return Findings(wanted.words, companies, people, equipment, credentials)
