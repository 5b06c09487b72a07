"""Credentials are added, changed, archived; what is secret of them is sealed before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.credentials_http import NewCredential
from services.clients.domain.creation import Creation, creation_of
from services.clients.domain.credential import SEALED, Credential
from services.clients.domain.errors import NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.vault.one_time import checked_seed
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.keep_companies import living_company
from services.clients.use_cases.make_once import make_once
from services.clients.use_cases.naming import naming
from services.clients.use_cases.revise import revise


async def find_credential(registry: RegistryStorage, credential_id: UUID, staff: Principal) -> Credential:
    """Raises NotInRegistryError, alike for «not there» and «not yours»."""
    credential = await registry.credentials.get(credential_id)
    if not staff.may_see_company(credential.company_id):
        raise NotInRegistryError
    return credential


async def add_credential(
    registry: RegistryStorage, new: NewCredential, staff: Principal, key: UUID | None, at: datetime
) -> Credential:
    """Raises RuleError without such a company, for things of another one, and for a seed that is none."""
    await living_company(registry, new.company_id, staff)
    said, secrets = _parted(new.model_dump())
    await _must_be_of(registry, new.company_id, said)
    credential = Credential(id=new_id(), created_at=at, updated_at=at, **said)
    credential.reseal(await registry.keys.of(new.company_id), secrets, at)
    creation = await credential_creation(registry, new, staff, key)

    async def make(inside: RegistryStorage) -> Credential:
        # A fresh copy: this may run again, and the version is raised where the events are taken.
        return await make_once(inside.credentials, credential.model_copy(), creation, by=doer_of(staff))

    return await naming(registry, new.company_id, _people_in(said), "person_id", make)


async def credential_creation(
    registry: RegistryStorage, new: NewCredential, staff: Principal, key: UUID | None
) -> Creation | None:
    """What is secret counts for «the same again», and cannot be guessed from what is kept of it."""
    company_key = await registry.keys.of(new.company_id)
    told = company_key.fingerprint(new.model_dump_json(include=set(SEALED)))
    return creation_of(staff.id, key, new.model_copy(update=dict.fromkeys(SEALED, "")), told)


async def change_credential(
    registry: RegistryStorage,
    credential_id: UUID,
    wanted: Mapping[str, Any],
    staff: Principal,
    version: int | None,
    at: datetime,
) -> Credential:
    """Raises NotInRegistryError, ConflictError, RuleError, BrokenSealError."""
    credential = await find_credential(registry, credential_id, staff)
    said, secrets = _parted(wanted)
    fresh = {name: said[name] for name in credential.differing(said)}
    await _must_be_of(registry, credential.company_id, fresh)
    company_key = await registry.keys.of(credential.company_id) if secrets else None

    def decide(credential: Credential) -> None:
        credential.change(said, at)
        if company_key:
            credential.reseal(company_key, secrets, at)

    async def change(inside: RegistryStorage) -> Credential:
        return await revise(
            inside.credentials,
            lambda: find_credential(inside, credential_id, staff),
            decide,
            version=version,
            wanted=said,
            by=doer_of(staff),
        )

    return await naming(registry, credential.company_id, _people_in(fresh), "person_id", change)


def _parted(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What may be read, and what is to be sealed; raises RuleError for a seed that is none."""
    said = {name: value for name, value in fields.items() if name not in SEALED}
    secrets = {name: value for name, value in fields.items() if name in SEALED}
    if "totp_seed" in secrets:
        secrets["totp_seed"] = checked_seed(secrets["totp_seed"])
    return said, secrets


async def _must_be_of(registry: RegistryStorage, company_id: UUID, said: Mapping[str, Any]) -> None:
    if piece_id := said.get("equipment_id"):
        piece = (await registry.equipment.several([piece_id])).get(piece_id)
        if piece is None or piece.archived or piece.company_id != company_id:
            raise RuleError("equipment_id", "the company has no such piece of equipment")


def _people_in(said: Mapping[str, Any]) -> set[UUID]:
    return {said["person_id"]} if said.get("person_id") else set()
