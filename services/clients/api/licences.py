"""The routes of licences."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import IdempotencyKey, Version, cursor_of
from contracts.licences_http import LicencePage, LicencePatch, LicenceRow, LicenceView, NewLicence
from contracts.people import CompanyRef
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer, done
from services.clients.api.parameters import LicenceQuery
from services.clients.api.today import Today
from services.clients.domain.licence import Licence
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.term import days_until
from services.clients.use_cases.keep_licences import add_licence, change_licence, find_licence
from services.clients.use_cases.said import said_in

router = APIRouter(prefix="/licences")
_NOT_OF_A_ROW = {"people", "equipment", "key", "key_version"}


@router.get("")
async def list_licences(
    query: Annotated[LicenceQuery, Query()], staff: Specialist, registry: TheRegistry, today: Today
) -> Response:
    found, more = await query.page(registry.licences, registry, staff)
    companies = await registry.companies.references(licence.company_id for licence in found)
    items = [licence_row(licence, companies[licence.company_id], today) for licence in found]
    return answer(LicencePage(items=items, next=cursor_of(more)))


@router.post("")
async def post_licence(
    new: NewLicence, staff: Specialist, key: IdempotencyKey, registry: TheRegistry, today: Today
) -> Response:
    return await _answer(registry, await add_licence(registry, new, staff, key, now()), today, status=201)


@router.get("/{licence_id}")
async def get_licence(licence_id: UUID, staff: Specialist, registry: TheRegistry, today: Today) -> Response:
    return await _answer(registry, await find_licence(registry, licence_id, staff), today)


@router.patch("/{licence_id}")
async def patch_licence(
    licence_id: UUID,
    patch: LicencePatch,
    staff: Specialist,
    version: Version,
    registry: TheRegistry,
    today: Today,
) -> Response:
    changed = await change_licence(registry, licence_id, said_in(patch), staff, version, now())
    return await _answer(registry, changed, today)


@router.delete("/{licence_id}")
async def delete_licence(
    licence_id: UUID, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    """Archived, not erased."""
    await change_licence(registry, licence_id, {"archived": True}, staff, version, now())
    return done()


async def _answer(registry: RegistryStorage, licence: Licence, today: date, status: int = 200) -> Response:
    company = await registry.companies.get(licence.company_id)
    people = await registry.people.references(licence.people)
    pieces = await registry.equipment.references(licence.equipment)
    view = LicenceView(
        **licence_row(licence, company.reference, today).model_dump(),
        people=[people[key] for key in licence.people if key in people],
        equipment=[pieces[key] for key in licence.equipment if key in pieces],
    )
    return answer(view, status=status, version=licence.version)


def licence_row(licence: Licence, company: CompanyRef, today: date) -> LicenceRow:
    return LicenceRow(
        company=company,
        has_key=bool(licence.key),
        seats_used=licence.seats_used,
        days_left=days_until(licence.valid_until, today),
        **licence.model_dump(exclude=_NOT_OF_A_ROW),
    )
