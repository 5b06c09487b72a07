"""A secret is shown: who looks, why and from where is durable first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.credentials import RevealKind
from contracts.credentials_http import MOST_REVEALS_A_MINUTE, Reveal, RevealReason
from contracts.people import StaffRef
from services.clients.domain.audit import Look
from services.clients.domain.credential import Credential
from services.clients.domain.errors import RuleError, TooManyLooksError
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.vault.data_key import CompanyKey
from services.clients.domain.vault.one_time import OneTimeCode, code_of
from services.clients.use_cases.keep_credentials import find_credential
from services.clients.use_cases.keep_licences import find_licence

_MINUTE = timedelta(minutes=1)


class Shown(NamedTuple):
    login: str = ""
    secret: str = ""
    notes: str = ""
    code: OneTimeCode | None = None


async def reveal_credential(
    registry: RegistryStorage, credential_id: UUID, asked: Reveal, staff: Principal, at: datetime
) -> Shown:
    """Raises NotInRegistryError, RuleError (another company's ticket), TooManyLooksError, BrokenSealError."""
    credential = await find_credential(registry, credential_id, staff)
    if asked.what == "code" and not credential.totp_seed:
        raise RuleError("what", "no one-time codes are set up for it")
    key = await registry.keys.of(credential.company_id)
    kinds: list[RevealKind] = ["secret"] if asked.what == "all" else []
    kinds += ["code"] if credential.totp_seed else []
    await _look(
        registry,
        _Thing(credential_id, credential.company_id, credential.label, credential.version),
        asked,
        kinds,
        staff,
        at,
    )
    if asked.what == "code":
        return Shown(code=_code(credential, key, at))
    login, secret, notes = (credential.open(key, name) for name in ("login", "secret", "notes"))
    return Shown(login, secret, notes, _code(credential, key, at) if credential.totp_seed else None)


def _code(credential: Credential, key: CompanyKey, at: datetime) -> OneTimeCode:
    return code_of(credential.open(key, "totp_seed"), at)


async def reveal_licence_key(
    registry: RegistryStorage, licence_id: UUID, asked: RevealReason, staff: Principal, at: datetime
) -> str:
    """Raises as `reveal_credential` does."""
    licence = await find_licence(registry, licence_id, staff)
    if not licence.key:
        raise RuleError("id", "no key is kept for this licence")
    company_key = await registry.keys.of(licence.company_id)
    thing = _Thing(licence_id, licence.company_id, licence.product, licence.version)
    await _look(registry, thing, asked, ["licence_key"], staff, at)
    return company_key.open(licence_id, "key", licence.key)


class _Thing(NamedTuple):
    id: UUID
    company_id: UUID
    label: str
    version: int


async def _look(
    registry: RegistryStorage,
    thing: _Thing,
    asked: RevealReason,
    kinds: Iterable[RevealKind],
    staff: Principal,
    at: datetime,
) -> None:
    """Each look is an entry of its own, also those that then show nothing."""
    _must_be_about(thing, asked, staff)
    if not await registry.looks.take_turn(staff.id, at, at - _MINUTE, MOST_REVEALS_A_MINUTE):
        raise TooManyLooksError
    for kind in kinds:
        await registry.looks.add(
            Look(
                id=new_id(),
                at=at,
                kind=kind,
                by=StaffRef(id=staff.id, full_name=staff.full_name),
                company_id=thing.company_id,
                thing_id=thing.id,
                label=thing.label,
                version=thing.version,
                ticket=asked.ticket,
                reason=asked.reason,
                address=staff.address,
                program=staff.program,
            )
        )


def _must_be_about(thing: _Thing, asked: RevealReason, staff: Principal) -> None:
    """The gateway has asked tickets, and signed what it heard: whose ticket it is."""
    if asked.ticket is None:
        return
    if staff.ticket != asked.ticket or staff.ticket_company != thing.company_id:
        raise RuleError("ticket", "this company has no such ticket")


async def still_known(registry: RegistryStorage, looks: Iterable[Look]) -> dict[UUID, tuple[bool, bool]]:
    """Of each thing looked at: whether its secret was changed since, and whether it is archived."""
    by_thing = {look.thing_id: look for look in looks}
    credentials = await registry.credentials.several(list(by_thing))
    licences = await registry.licences.several(list(by_thing.keys() - credentials.keys()))
    now_at: dict[UUID, tuple[int, bool]] = {
        **{key: (one.secret_version, one.archived) for key, one in credentials.items()},
        **{key: (one.key_version, one.archived) for key, one in licences.items()},
    }
    return {
        key: (version > by_thing[key].version, is_archived) for key, (version, is_archived) in now_at.items()
    }
