"""Whose a row is: the company it names, and how a company is named in an export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from chassis.principal import Principal
from services.clients.domain.company import Company
from services.clients.domain.errors import NotInRegistryError
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.tables.errors import RowError
from services.clients.use_cases.keep_companies import find_company
from services.clients.use_cases.tables.companies import companies_called

FIELDS = ("company_id", "company", "company_tax_id")


class _OfCompany(Protocol):
    @property
    def company_id(self) -> UUID: ...

    def model_dump(self) -> dict[str, Any]: ...


def id_of(company: Company | None) -> UUID:
    if company is None:
        raise RowError("company: it is not said whose it is")
    return company.id


class Whose:
    """Looks companies up as rows name them, each once: it lives no longer than a batch of rows."""

    def __init__(self, registry: RegistryStorage, staff: Principal) -> None:
        self._registry = registry
        self._staff = staff
        self._found: dict[tuple[str, ...], list[Company]] = {}

    async def company(self, values: Mapping[str, str]) -> Company | None:
        """None where none is named; raises RowError for one that is not there, or not the caller's to see."""
        said = tuple(values.get(field, "") for field in FIELDS)
        if not any(said):
            return None
        if said not in self._found:
            self._found[said] = await self._look_up(*said)
        match self._found[said]:
            case []:
                raise RowError("company: there is none of this name or tax id")
            case [company]:
                return company
            case _:
                raise RowError("company: there are several of this name; say its tax id")

    async def _look_up(self, key: str, name: str, tax_id: str) -> list[Company]:
        if not key:
            found = await companies_called(self._registry, name, tax_id)
            return [company for company in found if self._staff.may_see_company(company.id)]
        try:
            return [await find_company(self._registry, UUID(key), self._staff)]
        except (ValueError, NotInRegistryError):
            return []


async def with_companies(registry: RegistryStorage, items: Sequence[_OfCompany]) -> list[dict[str, Any]]:
    names = await registry.companies.references(item.company_id for item in items)
    return [{**item.model_dump(), "company": names[item.company_id].name} for item in items]
