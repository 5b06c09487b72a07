"""Companies as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from contracts.clients_http import CompanyPatch, NewCompany
from services.clients.domain.company import Company
from services.clients.domain.company_name import bare_words
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import plain, sort_key
from services.clients.domain.storage import CompanyStorage, RegistryStorage
from services.clients.domain.tables.field import COMPANIES
from services.clients.use_cases.keep_companies import add_company, change_company
from services.clients.use_cases.tables.table import plain_creation

_MOST_WORDS, _FEW = 8, 50
_REGISTERING = frozenset({"dispatcher", "manager", "admin"})


class CompanyTable:
    columns = COMPANIES
    add = staticmethod(add_company)
    change = staticmethod(change_company)
    creation = staticmethod(plain_creation)

    def may_write(self, staff: Principal) -> str:
        return "" if _REGISTERING & set(staff.roles) else "your role does not keep companies"

    def storage(self, registry: RegistryStorage) -> CompanyStorage:
        return registry.companies

    async def page(
        self, registry: RegistryStorage, wanted: Wanted, position: Position | None
    ) -> tuple[list[Company], Position | None]:
        """Of one company: that one."""
        if wanted.company:
            mine = wanted.companies is None or wanted.company in wanted.companies
            only = (wanted.company,) if mine else ()
            wanted = wanted.model_copy(update={"companies": only})
        return await registry.companies.page(wanted, position)

    def company_of(self, it: Company) -> UUID:
        return it.id

    async def known(
        self, registry: RegistryStorage, company: Company | None, fields: Mapping[str, Any]
    ) -> list[Company]:
        return await companies_called(registry, fields.get("name", ""), fields.get("tax_id", ""))

    async def resolved(
        self,
        registry: RegistryStorage,
        company_id: UUID | None,
        fields: Mapping[str, Any],
        target: Company | None,
    ) -> dict[str, Any]:
        return dict(fields)

    def new(self, company: Company | None, fields: Mapping[str, Any]) -> NewCompany:
        return NewCompany.model_validate(fields)

    def patch(self, fields: Mapping[str, Any]) -> CompanyPatch:
        return CompanyPatch.model_validate(fields)

    def key(self, company: Company | None, fields: Mapping[str, Any]) -> str:
        return str(fields.get("tax_id") or plain(fields["name"]))

    async def written(self, registry: RegistryStorage, items: Sequence[Company]) -> list[dict[str, Any]]:
        return [item.model_dump() for item in items]


async def companies_called(registry: RegistryStorage, name: str, tax_id: str) -> list[Company]:
    """By its tax id, where one is said and known; else by its name, unless it is known to have another id."""
    if tax_id and (found := await registry.companies.having({"tax_id": tax_id})):
        return found
    named = await registry.companies.having({"sort_name": sort_key(name)}) if name else []
    exactly = [company for company in named if plain(company.name) == plain(name)]
    called = exactly or (await _called_otherwise(registry, name) if name else [])
    return [company for company in called if not tax_id or not company.tax_id]


async def _called_otherwise(registry: RegistryStorage, name: str) -> list[Company]:
    """Other tools write other quotes, leave the legal form out, or know it by its short name."""
    words = bare_words(name)
    if not words:
        return []
    found = await registry.companies.some(Wanted(words=tuple(words[:_MOST_WORDS]), limit=_FEW))
    return [
        company for company in found if words in (bare_words(company.name), bare_words(company.short_name))
    ]
