"""Contracts as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from contracts.contracts_http import ContractPatch, NewContract
from services.clients.domain.company import Company
from services.clients.domain.contract import Contract
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import plain
from services.clients.domain.storage import ContractStorage, RegistryStorage
from services.clients.domain.tables.errors import RowError
from services.clients.domain.tables.field import CONTRACTS
from services.clients.domain.tables.periods import HOLDS, Period
from services.clients.use_cases.keep_contracts import add_contract, change_contract
from services.clients.use_cases.said import said_in
from services.clients.use_cases.tables.table import plain_creation
from services.clients.use_cases.tables.whose import id_of, with_companies

_REGISTERING = frozenset({"dispatcher", "manager", "admin"})
_LOOKED_THROUGH = 200
_NEEDED = frozenset({"number", "valid_from"})
_NONE, _NEVER = UUID(int=0), datetime.fromtimestamp(0, UTC)


class ContractTable:
    columns = CONTRACTS
    add = staticmethod(add_contract)
    change = staticmethod(change_contract)
    creation = staticmethod(plain_creation)

    def may_write(self, staff: Principal) -> str:
        return "" if _REGISTERING & set(staff.roles) else "your role does not keep contracts"

    def storage(self, registry: RegistryStorage) -> ContractStorage:
        return registry.contracts

    async def page(
        self, registry: RegistryStorage, wanted: Wanted, position: Position | None
    ) -> tuple[list[Contract], Position | None]:
        return await registry.contracts.page(wanted, position)

    def company_of(self, it: Contract) -> UUID:
        return it.company_id

    async def known(
        self, registry: RegistryStorage, company: Company | None, fields: Mapping[str, Any]
    ) -> list[Contract]:
        """By its number; a company has few enough of them to look through."""
        if not (number := plain(fields.get("number", ""))):
            return []
        return [one for one in await _of(registry, id_of(company)) if plain(one.number) == number]

    async def resolved(
        self,
        registry: RegistryStorage,
        company_id: UUID | None,
        fields: Mapping[str, Any],
        target: Contract | None,
    ) -> dict[str, Any]:
        """The plan is named by name or id. Raises RuleError for a period that meets another contract's."""
        found = dict(fields)
        if plan := found.pop("plan", None):
            found["plan_id"] = await _plan_called(registry, plan)
        if company_id:
            found[HOLDS] = await _period(registry, company_id, found, target)
        return found

    def new(self, company: Company | None, fields: Mapping[str, Any]) -> NewContract:
        return NewContract.model_validate({**fields, "company_id": id_of(company)})

    def patch(self, fields: Mapping[str, Any]) -> ContractPatch:
        return ContractPatch.model_validate(fields)

    def key(self, company: Company | None, fields: Mapping[str, Any]) -> str:
        return f"{id_of(company)} {plain(fields['number'])}"

    async def written(self, registry: RegistryStorage, items: Sequence[Contract]) -> list[dict[str, Any]]:
        names = await registry.plans.names()
        rows = await with_companies(registry, items)
        for row, item in zip(rows, items, strict=True):
            row["valid_from"], row["valid_to"] = item.valid_from, item.valid_to
            row["plan"] = names.get(item.plan_id, str(item.plan_id)) if item.plan_id else ""
        return rows


async def _of(registry: RegistryStorage, company: UUID) -> list[Contract]:
    return (await registry.contracts.page(Wanted(company=company, limit=_LOOKED_THROUGH), None))[0]


async def _period(
    registry: RegistryStorage, company: UUID, fields: Mapping[str, Any], target: Contract | None
) -> Period | None:
    """When it will hold, looked at as it will be when it is written; for the preview to know."""
    said = said_in(ContractPatch.model_validate(fields))
    if target is not None:
        wanted = target.model_copy(deep=True)
        wanted.change(said, wanted.updated_at)
    elif said.keys() >= _NEEDED:
        wanted = Contract(id=_NONE, company_id=company, created_at=_NEVER, updated_at=_NEVER, **said)
    else:
        return None
    wanted.must_fit_among(await _of(registry, company))
    return Period(company=company, number=wanted.number, first=wanted.valid_from, last=wanted.last_day)


async def _plan_called(registry: RegistryStorage, said: str) -> UUID:
    """Raises RowError."""
    try:
        return UUID(said)
    except ValueError:
        names = await registry.plans.names()
    found = [key for key, name in names.items() if plain(name) == plain(said)]
    if len(found) != 1:
        raise RowError(
            "plan: there is no such SLA plan" if not found else "plan: several plans are called so"
        )
    return found[0]
