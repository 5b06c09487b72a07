"""Somebody with a code enrols a Bureaucrat."""

from __future__ import annotations

import contextlib
import secrets
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chassis.clock import new_id
from contracts.clients_http import Claim, NewDevice
from contracts.contact import email_key
from contracts.history_http import Doer
from services.clients.domain.code import code_key
from services.clients.domain.company import Company
from services.clients.domain.creation import Creation, creation_of
from services.clients.domain.device import Device, enrol
from services.clients.domain.errors import (
    CodeRefusedError,
    MadeBeforeError,
    NotInRegistryError,
    TakenError,
)
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.token import SEED_BYTES, hash_of, make_token

# Keys of devices' first calls are not a member of staff's: they have a room of their own.
_NOBODY = UUID(int=0)
_TRIES = 3


class Enrolment(NamedTuple):
    device: Device
    token: str


async def enrol_device(
    registry: RegistryStorage, new: NewDevice, key: UUID | None, at: datetime
) -> Enrolment:
    """The same key again gets the same device and token; raises CodeRefusedError, KeyReusedError."""
    creation = creation_of(_NOBODY, key, new)
    for _ in range(_TRIES):
        if creation and (before := await registry.devices.made_by(creation)):
            return _again(before, key)
        with contextlib.suppress(MadeBeforeError, TakenError):
            return await _enrol_anew(registry, new, key, creation, at)
    raise MadeBeforeError


async def _enrol_anew(
    registry: RegistryStorage, new: NewDevice, key: UUID | None, creation: Creation | None, at: datetime
) -> Enrolment:
    """Raises MadeBeforeError or TakenError when another call, at the same time, was the first."""
    seed = secrets.token_bytes(SEED_BYTES)
    token = make_token(seed, str(key or ""))
    kept = seed if key else None
    device = await registry.in_transaction(
        lambda inside: _enrol(inside, new, hash_of(token), kept, creation, at)
    )
    return Enrolment(device, token)


async def _enrol(
    registry: RegistryStorage,
    new: NewDevice,
    token_hash: str,
    token_seed: bytes | None,
    creation: Creation | None,
    at: datetime,
) -> Device:
    company = await _use_code(registry, new.code, at)
    person = await registry.people.enrolling(company.id, email_key(new.email))
    is_known = person is not None
    person = person or _newcomer(company, new, at)
    by = Doer(kind="person", id=person.id, full_name=person.full_name)
    if not is_known:
        await registry.people.add(person.signed(by), person.take_events())
    device = enrol(
        company,
        person,
        device_id=new_id(),
        hostname=new.hostname,
        claimed=Claim(full_name=new.full_name, phone=new.phone, position=new.position),
        token_hash=token_hash,
        token_seed=token_seed,
        confirmed=not is_known,
        at=at,
    )
    await registry.devices.add(device.signed(by), device.take_events(), creation)
    return device


async def _use_code(registry: RegistryStorage, text: str, at: datetime) -> Company:
    try:
        code = await registry.codes.get(code_key(text))
        code.must_be_good(at)
        company = await registry.companies.enrolling(code.company_id)
    except NotInRegistryError as error:
        raise CodeRefusedError from error
    if company.archived:
        raise CodeRefusedError
    await registry.codes.count_use(code)
    return company


def _newcomer(company: Company, new: NewDevice, at: datetime) -> Person:
    return Person(
        id=new_id(),
        company_id=company.id,
        full_name=new.full_name,
        position=new.position,
        email=new.email,
        phone=new.phone,
        created_at=at,
        updated_at=at,
    )


def _again(device: Device, key: UUID | None) -> Enrolment:
    if device.token_seed is None:
        raise CodeRefusedError
    return Enrolment(device, make_token(device.token_seed, str(key)))
