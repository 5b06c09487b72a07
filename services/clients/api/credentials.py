"""The routes of credentials: what they are for, and the one way to see what they are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel

from chassis.clock import now
from chassis.parameters import IdempotencyKey, Version, cursor_of
from contracts.credentials_http import (
    CredentialPage,
    CredentialPatch,
    CredentialView,
    NewCredential,
    Reveal,
    Revealed,
    RevealedCode,
    RevealedKey,
    RevealReason,
)
from contracts.people import CompanyRef
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer, done
from services.clients.api.parameters import CredentialQuery
from services.clients.domain.credential import Credential
from services.clients.domain.equipment import Equipment
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.storage import CredentialStorage, RegistryStorage
from services.clients.use_cases.keep_credentials import add_credential, change_credential, find_credential
from services.clients.use_cases.reveal import Shown, reveal_credential, reveal_licence_key
from services.clients.use_cases.said import said_in

router = APIRouter()
_MOST_PIECES = 50


@dataclass(frozen=True)
class _WithPieces:
    """The credentials, for a question in which a person's equipment counts."""

    credentials: CredentialStorage
    pieces: tuple[UUID, ...]

    async def page(
        self, wanted: Wanted, position: Position | None
    ) -> tuple[list[Credential], Position | None]:
        return await self.credentials.page(wanted.model_copy(update={"pieces": self.pieces}), position)


@router.get("/credentials")
async def list_credentials(
    query: Annotated[CredentialQuery, Query()], staff: Specialist, registry: TheRegistry
) -> Response:
    """Of a person: their own, and those of the equipment they use."""
    used: list[Equipment] = []
    if query.person:
        used, _ = await registry.equipment.page(Wanted(person=query.person, limit=_MOST_PIECES), None)
    pieces = tuple(piece.id for piece in used)
    found, more = await query.page(_WithPieces(registry.credentials, pieces), registry, staff)
    items = await credential_views(registry, found)
    return answer(CredentialPage(items=items, next=cursor_of(more)))


@router.post("/credentials")
async def post_credential(
    new: NewCredential, staff: Specialist, key: IdempotencyKey, registry: TheRegistry
) -> Response:
    return await _answer(registry, await add_credential(registry, new, staff, key, now()), status=201)


@router.get("/credentials/{credential_id}")
async def get_credential(credential_id: UUID, staff: Specialist, registry: TheRegistry) -> Response:
    return await _answer(registry, await find_credential(registry, credential_id, staff))


@router.patch("/credentials/{credential_id}")
async def patch_credential(
    credential_id: UUID, patch: CredentialPatch, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    changed = await change_credential(registry, credential_id, said_in(patch), staff, version, now())
    return await _answer(registry, changed)


@router.delete("/credentials/{credential_id}")
async def delete_credential(
    credential_id: UUID, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    """Archived, not erased."""
    await change_credential(registry, credential_id, {"archived": True}, staff, version, now())
    return done()


@router.post("/credentials/{credential_id}/reveal")
async def post_reveal(
    credential_id: UUID, asked: Reveal, staff: Specialist, registry: TheRegistry
) -> Response:
    return _never_kept(_revealed(await reveal_credential(registry, credential_id, asked, staff, now())))


@router.post("/licences/{licence_id}/reveal")
async def post_licence_reveal(
    licence_id: UUID, asked: RevealReason, staff: Specialist, registry: TheRegistry
) -> Response:
    key = await reveal_licence_key(registry, licence_id, asked, staff, now())
    return _never_kept(RevealedKey(key=key))


async def credential_views(
    registry: RegistryStorage, credentials: Sequence[Credential], *known: CompanyRef
) -> list[CredentialView]:
    """`known`: companies that need not be asked for."""
    companies = {one.id: one for one in known}
    asked, pieces, people = await asyncio.gather(
        registry.companies.references({one.company_id for one in credentials} - companies.keys()),
        registry.equipment.references(one.equipment_id for one in credentials if one.equipment_id),
        registry.people.references(one.person_id for one in credentials if one.person_id),
    )
    companies |= asked
    return [
        CredentialView(
            company=companies[one.company_id],
            equipment=pieces.get(one.equipment_id) if one.equipment_id else None,
            person=people.get(one.person_id) if one.person_id else None,
            has_login=bool(one.login),
            has_secret=bool(one.secret),
            has_totp=bool(one.totp_seed),
            has_notes=bool(one.notes),
            **one.model_dump(exclude={*Credential.SECRET, "secret_version"}),
        )
        for one in credentials
    ]


async def _answer(registry: RegistryStorage, credential: Credential, status: int = 200) -> Response:
    (view,) = await credential_views(registry, [credential])
    return answer(view, status=status, version=credential.version)


def _revealed(shown: Shown) -> Revealed:
    totp = RevealedCode(**shown.code._asdict()) if shown.code else None
    return Revealed(login=shown.login, secret=shown.secret, notes=shown.notes, totp=totp)


def _never_kept(view: BaseModel) -> Response:
    response = answer(view)
    response.headers["Cache-Control"] = "no-store"
    return response
