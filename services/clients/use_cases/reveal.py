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
        registry, _Thing(credential_id, credential.company_id, credential.label), asked, kinds, staff, at
    )
    code = code_of(credential.open(key, "totp_seed"), at) if credential.totp_seed else None
    if asked.what == "code":
        return Shown(code=code)
    login, secret, notes = (credential.open(key, name) for name in ("login", "secret", "notes"))
    return Shown(login, secret, notes, code)


async def reveal_licence_key(
    registry: RegistryStorage, licence_id: UUID, asked: RevealReason, staff: Principal, at: datetime
) -> str:
    """Raises as `reveal_credential` does."""
    licence = await find_licence(registry, licence_id, staff)
    if not licence.key:
        raise RuleError("id", "no key is kept for this licence")
    company_key = await registry.keys.of(licence.company_id)
    thing = _Thing(licence_id, licence.company_id, licence.product)
    await _look(registry, thing, asked, ["licence_key"], staff, at)
    return company_key.open(licence_id, "key", licence.key)


class _Thing(NamedTuple):
    id: UUID
    company_id: UUID
    label: str


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
    if await registry.looks.count_since(staff.id, at - _MINUTE) >= MOST_REVEALS_A_MINUTE:
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
    found: dict[UUID, tuple[bool, bool]] = {}
    by_thing = {look.thing_id: look for look in looks}
    credentials = await registry.credentials.several(list(by_thing))
    for key, look in by_thing.items():
        credential = credentials.get(key)
        found[key] = _known(credential, look) if credential else (False, False)
    return found


def _known(credential: Credential, look: Look) -> tuple[bool, bool]:
    changed = credential.secret_changed_at
    return bool(changed and changed > look.at), credential.archived
