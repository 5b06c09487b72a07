"""People as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from contracts.clients_http import NewPerson, PersonPatch
from contracts.contact import email_key
from services.clients.domain.company import Company
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.person import Person
from services.clients.domain.search import plain, sort_key
from services.clients.domain.storage import PersonStorage, RegistryStorage
from services.clients.domain.tables.errors import RowError
from services.clients.domain.tables.field import PEOPLE
from services.clients.use_cases.keep_people import add_person, change_person
from services.clients.use_cases.tables.table import plain_creation
from services.clients.use_cases.tables.whose import id_of, with_companies


class PersonTable:
    columns = PEOPLE
    add = staticmethod(add_person)
    change = staticmethod(change_person)
    creation = staticmethod(plain_creation)

    def may_write(self, staff: Principal) -> str:
        return ""

    def storage(self, registry: RegistryStorage) -> PersonStorage:
        return registry.people

    async def page(
        self, registry: RegistryStorage, wanted: Wanted, position: Position | None
    ) -> tuple[list[Person], Position | None]:
        return await registry.people.page(wanted, position)

    def company_of(self, it: Person) -> UUID:
        return it.company_id

    async def known(
        self, registry: RegistryStorage, company: Company | None, fields: Mapping[str, Any]
    ) -> list[Person]:
        """By e-mail; else by full name, unless they are known to have another e-mail."""
        email, full_name = fields.get("email", ""), fields.get("full_name", "")
        found = await people_called(registry, id_of(company), email=email, full_name=full_name)
        has_email = [person for person in found if email and person.recognised_by == email_key(email)]
        return has_email or [person for person in found if not email or not person.email]

    async def resolved(
        self,
        registry: RegistryStorage,
        company_id: UUID | None,
        fields: Mapping[str, Any],
        target: Person | None,
    ) -> dict[str, Any]:
        return dict(fields)

    def new(self, company: Company | None, fields: Mapping[str, Any]) -> NewPerson:
        return NewPerson.model_validate({**fields, "company_id": id_of(company)})

    def patch(self, fields: Mapping[str, Any]) -> PersonPatch:
        return PersonPatch.model_validate(fields)

    def key(self, company: Company | None, fields: Mapping[str, Any]) -> str:
        return f"{id_of(company)} {email_key(fields.get('email', '')) or plain(fields['full_name'])}"

    async def written(self, registry: RegistryStorage, items: Sequence[Person]) -> list[dict[str, Any]]:
        return await with_companies(registry, items)


async def people_called(
    registry: RegistryStorage, company: UUID, *, email: str = "", full_name: str = ""
) -> list[Person]:
    """The living of one company who have this address, or this name."""
    ways = [{"recognised_by": email_key(email)}] if email else []
    if full_name:
        ways.append({"sort_name": sort_key(full_name)})
    if not ways:
        return []
    found = await registry.people.having({"company_id": company}, *ways)
    return [person for person in found if _is_called(person, email, full_name)]


def _is_called(person: Person, email: str, full_name: str) -> bool:
    if email and person.recognised_by == email_key(email):
        return True
    return bool(full_name) and plain(person.full_name) == plain(full_name)


async def person_called(registry: RegistryStorage, company: UUID, said: str, field: str) -> UUID:
    """An id stands as it is: whether it is of this company is checked where it is written."""
    try:
        return UUID(said)
    except ValueError:
        called = {"email": said} if "@" in said else {"full_name": said}
    found = await people_called(registry, company, **called)
    if len(found) != 1:
        how_many = "several are" if found else "nobody is"
        raise RowError(f"{field}: {how_many} called {said[:100]} at this company")
    return found[0].id


async def called_by(registry: RegistryStorage, keys: Iterable[UUID]) -> dict[UUID, str]:
    """By e-mail; without one (or when they left) by id, which is no other's either."""
    keys = list(keys)
    people = await registry.people.several(keys)
    by_email = {key: person.email for key, person in people.items() if person.recognised_by}
    return {key: by_email.get(key, str(key)) for key in keys}
