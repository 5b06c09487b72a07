"""Whom a thing names: people of its own company, who are not merged into others at that very moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar
from uuid import UUID

from services.clients.domain.errors import MadeBeforeError, NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage

Result = TypeVar("Result")


async def naming(
    registry: RegistryStorage,
    company_id: UUID,
    people: Collection[UUID],
    field: str,
    work: Callable[[RegistryStorage], Awaitable[Result]],
) -> Result:
    """`work`, while nobody merges or archives who comes to be named; raises RuleError for who is not there.

    A merge leads over what names its source when it looks: what is written a moment later would keep the old
    name. Both write the person, so one of the two runs again and sees the other.
    """
    if not people:
        return await work(registry)

    async def together(inside: RegistryStorage) -> Result:
        for person_id in sorted(people):
            await _must_be_here(inside, company_id, person_id, field)
        return await work(inside)

    try:
        return await registry.in_transaction(together)
    except MadeBeforeError:
        # The same key was first, at the same time; a transaction cannot look at it any more.
        return await work(registry)


async def _must_be_here(registry: RegistryStorage, company_id: UUID, person_id: UUID, field: str) -> None:
    try:
        person = await registry.people.held(person_id)
    except NotInRegistryError:
        person = None
    if person is None or person.archived or person.company_id != company_id:
        raise RuleError(field, _WHY[field])


_WHY = {
    "people": "somebody named is not at this company",
    "person_id": "there is nobody like that at this company",
}
