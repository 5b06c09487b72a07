"""What changed in a company or a person is told to their devices, and so to everybody who knows a device."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from services.clients.domain.company import Company
from services.clients.domain.device import Device
from services.clients.domain.errors import ConflictError
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage

Batches = Callable[[UUID, UUID | None], Awaitable[list[Device]]]


async def tell_devices(registry: RegistryStorage, at: datetime) -> int:
    """Go through some of the changes that not all devices know; returns how many are done with.

    May be cut off anywhere and done by several processes at once: the mark stays until all devices know,
    and a device that knows already is left alone.
    """
    told = 0
    for company in await registry.companies.behind():
        if await _tell_all(registry, registry.devices.of_company, company.id, company, None, at):
            await registry.companies.caught_up(company)
            told += 1
    for person in await registry.people.behind():
        company = await registry.companies.get(person.company_id)
        if await _tell_all(registry, registry.devices.of_person, person.id, company, person, at):
            await registry.people.caught_up(person)
            told += 1
    return told


async def _tell_all(
    registry: RegistryStorage,
    batches: Batches,
    whose: UUID,
    company: Company,
    person: Person | None,
    at: datetime,
) -> bool:
    """False if somebody changed one of the devices meanwhile: go through them again."""
    after: UUID | None = None
    complete = True
    while devices := await batches(whose, after):
        people = await registry.people.several([device.person.id for device in devices])
        outcomes = await asyncio.gather(
            *(_tell(registry, device, company, person or people[device.person.id], at) for device in devices)
        )
        complete = complete and all(outcomes)
        after = devices[-1].id
    return complete


async def _tell(
    registry: RegistryStorage, device: Device, company: Company, person: Person, at: datetime
) -> bool:
    device.learn(company, person, at)
    if events := device.take_events():
        try:
            await registry.devices.save(device, events)
        except ConflictError:
            return False
    return True
