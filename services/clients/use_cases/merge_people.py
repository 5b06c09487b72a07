"""Somebody who was entered twice becomes one: what was the one's is the other's, all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.principal import Principal
from contracts.history_http import Doer
from services.clients.domain.errors import ConflictError, NotInRegistryError, RuleError
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.keep_people import find_person


async def merge_people(
    registry: RegistryStorage,
    source_id: UUID,
    target_id: UUID,
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Person:
    """The target; harmless again. Raises NotInRegistryError, ConflictError, RuleError."""
    await find_person(registry, source_id, staff)
    return await registry.in_transaction(
        lambda inside: _merge(inside, source_id, target_id, staff, version, at)
    )


async def _merge(
    registry: RegistryStorage,
    source_id: UUID,
    target_id: UUID,
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Person:
    by = doer_of(staff)
    source = (await find_person(registry, source_id, staff)).signed(by)
    try:
        await find_person(registry, target_id, staff)
        target = (await registry.people.held(target_id)).signed(by)
    except NotInRegistryError as error:
        raise RuleError("into", "there is nobody of this id") from error
    if source.merged_into == target.id:
        return target
    if version is not None and source.version != version:
        raise ConflictError(source, ("merged_into",))
    source.merge_into(target, at)
    for twin in await registry.people.merged_into(source.id):
        # No chains: whoever was this one is the other one now.
        twin.signed(by).point_to(target, at)
        await registry.people.save(twin, twin.take_events())
    # The one who gives an e-mail address away goes first: it is nobody else's at any moment.
    await registry.people.save(source, source.take_events())
    target.learn_from(source, at)
    if events := target.take_events():
        await registry.people.save(target, events)
    await _hand_over_devices(registry, source, target, by, at)
    await _hand_over_things(registry, source, target, by, at)
    return target


async def _hand_over_devices(
    registry: RegistryStorage, source: Person, target: Person, by: Doer, at: datetime
) -> None:
    after: UUID | None = None
    while devices := await registry.devices.of_person(source.id, after):
        for device in devices:
            device.signed(by).hand_over(target, at)
            await registry.devices.save(device, device.take_events())
        after = devices[-1].id


async def _hand_over_things(
    registry: RegistryStorage, source: Person, target: Person, by: Doer, at: datetime
) -> None:
    """Archived ones too: who comes back to them finds somebody who is there."""
    for licence in await registry.licences.used_by(source.id):
        people = [target.id if one == source.id else one for one in licence.people]
        licence.signed(by).change({"people": list(dict.fromkeys(people))}, at)
        await registry.licences.save(licence, licence.take_events())
    for piece in await registry.equipment.used_by(source.id):
        piece.signed(by).change({"person_id": target.id}, at)
        await registry.equipment.save(piece, piece.take_events())
    for credential in await registry.credentials.used_by(source.id):
        credential.signed(by).change({"person_id": target.id}, at)
        await registry.credentials.save(credential, credential.take_events())
