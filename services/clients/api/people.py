"""The routes of people."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import IdempotencyKey, Version, cursor_of
from contracts.clients_http import NewPerson, PersonMerge, PersonPage, PersonPatch, PersonView
from contracts.people import CompanyRef
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer, done
from services.clients.api.parameters import PersonQuery
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.keep_people import add_person, change_person, find_person
from services.clients.use_cases.merge_people import merge_people

router = APIRouter(prefix="/people")


@router.get("")
async def list_people(
    query: Annotated[PersonQuery, Query()], staff: Specialist, registry: TheRegistry
) -> Response:
    found, more = await query.page(registry.people, registry, staff)
    companies = await registry.companies.references(person.company_id for person in found)
    items = [person_view(person, companies[person.company_id]) for person in found]
    return answer(PersonPage(items=items, next=cursor_of(more)))


@router.post("")
async def post_person(
    new: NewPerson, staff: Specialist, key: IdempotencyKey, registry: TheRegistry
) -> Response:
    return await _answer(registry, await add_person(registry, new, staff, key, now()), status=201)


@router.get("/{person_id}")
async def get_person(person_id: UUID, staff: Specialist, registry: TheRegistry) -> Response:
    return await _answer(registry, await find_person(registry, person_id, staff))


@router.patch("/{person_id}")
async def patch_person(
    person_id: UUID, patch: PersonPatch, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    wanted = patch.model_dump(exclude_unset=True)
    return await _answer(registry, await change_person(registry, person_id, wanted, staff, version, now()))


@router.post("/{person_id}/merge")
async def post_merge(
    person_id: UUID, merge: PersonMerge, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    """Answers whom they are from now on."""
    return await _answer(registry, await merge_people(registry, person_id, merge.into, staff, version, now()))


@router.delete("/{person_id}")
async def delete_person(
    person_id: UUID, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    """Archived, not erased."""
    await change_person(registry, person_id, {"archived": True}, staff, version, now())
    return done()


async def _answer(registry: RegistryStorage, person: Person, status: int = 200) -> Response:
    company = await registry.companies.get(person.company_id)
    return answer(person_view(person, company.reference), status=status, version=person.version)


def person_view(person: Person, company: CompanyRef) -> PersonView:
    return PersonView(company=company, **person.model_dump(exclude={"devices_behind"}))
