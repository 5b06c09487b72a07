"""Licences as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from contracts.licences_http import LicencePatch, NewLicence
from services.clients.domain.company import Company
from services.clients.domain.errors import RuleError
from services.clients.domain.licence import Licence
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import plain, sort_key
from services.clients.domain.storage import LicenceStorage, RegistryStorage
from services.clients.domain.tables.field import LICENCES
from services.clients.use_cases.keep_licences import add_licence, change_licence, licence_creation
from services.clients.use_cases.tables.people import called_by, person_called
from services.clients.use_cases.tables.whose import id_of, with_companies


class LicenceTable:
    columns = LICENCES
    add = staticmethod(add_licence)
    change = staticmethod(change_licence)
    creation = staticmethod(licence_creation)

    def may_write(self, staff: Principal) -> str:
        return ""

    def storage(self, registry: RegistryStorage) -> LicenceStorage:
        return registry.licences

    async def page(
        self, registry: RegistryStorage, wanted: Wanted, position: Position | None
    ) -> tuple[list[Licence], Position | None]:
        return await registry.licences.page(wanted, position)

    def company_of(self, it: Licence) -> UUID:
        return it.company_id

    async def known(
        self, registry: RegistryStorage, company: Company | None, fields: Mapping[str, Any]
    ) -> list[Licence]:
        product = fields.get("product", "")
        if not product:
            return []
        named = await registry.licences.having({"company_id": id_of(company), "sort_name": sort_key(product)})
        return [licence for licence in named if plain(licence.product) == plain(product)]

    async def resolved(
        self,
        registry: RegistryStorage,
        company_id: UUID | None,
        fields: Mapping[str, Any],
        target: Licence | None,
    ) -> dict[str, Any]:
        """People are named by e-mail, full name or id."""
        if company_id is None or "people" not in fields:
            return dict(fields)
        people = [await person_called(registry, company_id, said, "people") for said in fields["people"]]
        return {**fields, "people": list(dict.fromkeys(people))}

    def new(self, company: Company | None, fields: Mapping[str, Any]) -> NewLicence:
        new = NewLicence.model_validate({**fields, "company_id": id_of(company)})
        if new.seats is not None and len(set(new.people)) > new.seats:
            raise RuleError("seats", f"{len(set(new.people))} would use it, and there are {new.seats} seats")
        return new

    def patch(self, fields: Mapping[str, Any]) -> LicencePatch:
        return LicencePatch.model_validate(fields)

    def key(self, company: Company | None, fields: Mapping[str, Any]) -> str:
        return f"{id_of(company)} {plain(fields['product'])}"

    async def written(self, registry: RegistryStorage, items: Sequence[Licence]) -> list[dict[str, Any]]:
        called = await called_by(registry, [person for item in items for person in item.people])
        rows = await with_companies(registry, items)
        for row, item in zip(rows, items, strict=True):
            row["valid_until"] = item.valid_until
            row["people"] = [called[person] for person in item.people]
        return rows
