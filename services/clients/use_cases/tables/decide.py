"""What is to become of one row: nothing is written here, and nothing is remembered between rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic
from uuid import UUID

from pydantic import ValidationError

from chassis.principal import Principal
from chassis.problems import field_errors
from contracts.import_http import FieldDifference
from services.clients.domain.company import Company
from services.clients.domain.errors import NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.tables.connections import HANGS_ON, answering_to
from services.clients.domain.tables.errors import RowError
from services.clients.domain.tables.periods import HOLDS, Period
from services.clients.domain.tables.table_import import TableImport
from services.clients.use_cases.said import said_in
from services.clients.use_cases.tables.table import AggregateT, Table
from services.clients.use_cases.tables.whose import FIELDS, Whose

_NOT_THERE = "id: there is no such thing"


@dataclass
class Decision(Generic[AggregateT]):
    """`target` is changed by `wanted`; without one, what `fields` say is added to `company`.

    A piece that the file itself adds can be what another row `hangs_on`, by what it `answers_to`; a contract
    of it `holds` in a period that no other may.
    """

    name: str
    key: str
    company: Company | None
    fields: Mapping[str, Any]
    target: AggregateT | None = None
    wanted: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[FieldDifference, ...] = ()
    answers_to: str = ""
    hangs_on: str = ""
    holds: Period | None = None


async def decide(
    registry: RegistryStorage,
    table: Table[AggregateT],
    job: TableImport,
    cells: list[str],
    staff: Principal,
    whose: Whose,
) -> Decision[AggregateT]:
    """Raises RowError with the reason why this row cannot be taken."""
    if len(cells) > len(job.headers):
        raise RowError("there are more cells than columns")
    if refused := table.may_write(staff):
        raise RowError(refused)
    values = job.values_in(cells)
    if not values:
        raise RowError("nothing is said in the columns that count")
    try:
        return await _decide(registry, table, values, staff, whose, is_written=job.state == "applying")
    except ValidationError as error:
        at_fault, message = field_errors(error.errors())[0]
        raise RowError(f"{at_fault}: {message}") from None
    except RuleError as error:
        raise RowError(f"{error.field}: {error.message}") from None


async def _decide(
    registry: RegistryStorage,
    table: Table[AggregateT],
    values: Mapping[str, str],
    staff: Principal,
    whose: Whose,
    *,
    is_written: bool,
) -> Decision[AggregateT]:
    columns = table.columns
    company = await whose.company(values) if "company" in columns.names else None
    fields = {
        name: columns.field(name).read(text)
        for name, text in values.items()
        if name != "id" and name not in FIELDS
    }
    target = await _target(registry, table, company, values.get("id", ""), fields, staff)
    owner = table.company_of(target) if target else (company.id if company else None)
    fields = await table.resolved(registry, owner, fields, target)
    hangs_on, holds = str(fields.pop(HANGS_ON, "")), fields.pop(HOLDS, None)
    called = str(fields.get(columns.name) or (getattr(target, columns.name) if target else ""))
    if target is None:
        decision = _addition(table, company, fields, called, staff)
        decision.answers_to = answering_to(owner, called) if "connected_to" in columns.names else ""
    else:
        decision = await _change(registry, table, target, company, fields, called, is_written=is_written)
        if hangs_on:
            before = _shown(getattr(target, "connected_to", None))
            later = FieldDifference(field="connected_to", before=before, after=values["connected_to"])
            decision.changes = (*decision.changes, later)
    decision.hangs_on, decision.holds = hangs_on, holds
    return decision


def _addition(
    table: Table[AggregateT],
    company: Company | None,
    fields: Mapping[str, Any],
    called: str,
    staff: Principal,
) -> Decision[AggregateT]:
    for column in table.columns.fields:
        if column.required and _lacks(column.name, company, fields):
            raise RowError(f"{column.name}: it is missing")
    if company and company.archived:
        raise RowError("company: it is archived")
    if table.columns.what == "companies" and staff.companies is not None:
        raise RowError("you look after certain companies only; a new one is for somebody else to add")
    table.new(company, fields)
    # A company is recognised by more than its very name: whose it will be is seen before it is written.
    whose = (FieldDifference(field="company", before="", after=company.name),) if company else ()
    return Decision(called, table.key(company, fields), company, fields, changes=whose)


def _lacks(name: str, company: Company | None, fields: Mapping[str, Any]) -> bool:
    return company is None if name == "company" else not fields.get(name)


async def _change(
    registry: RegistryStorage,
    table: Table[AggregateT],
    target: AggregateT,
    company: Company | None,
    fields: Mapping[str, Any],
    called: str,
    *,
    is_written: bool,
) -> Decision[AggregateT]:
    wanted = said_in(table.patch(fields))
    secrets = {name: wanted[name] for name in wanted if name in table.columns.secrets}
    names = target.differing({name: value for name, value in wanted.items() if name not in secrets})
    rehearsed = target.model_copy(deep=True)
    rehearsed.change({name: wanted[name] for name in names}, target.updated_at)
    changes = [
        FieldDifference(field=name, before=_shown(getattr(target, name)), after=_shown(wanted[name]))
        for name in names
    ]
    held = await _held(registry, table, target, secrets) if is_written else frozenset()
    changes += [_of_secret(name, getattr(target, name)) for name in secrets if name not in held]
    return Decision(called, str(target.id), company, fields, target, wanted, tuple(changes))


async def _held(
    registry: RegistryStorage, table: Table[AggregateT], target: AggregateT, secrets: Mapping[str, str]
) -> frozenset[str]:
    """Those that are as the row says already. No preview asks: it would tell which guess is right."""
    if not secrets:
        return frozenset()
    key = await registry.keys.of(table.company_of(target))
    return frozenset(
        name for name, text in secrets.items() if key.holds(target.id, name, getattr(target, name), text)
    )


def _of_secret(name: str, sealed: bytes) -> FieldDifference:
    """`before` tells one ciphertext from another: whether somebody changed it since the preview."""
    before = hashlib.sha256(sealed).hexdigest()[:16] if sealed else ""
    return FieldDifference(field=name, before=before, after="", is_secret=True)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


async def _target(
    registry: RegistryStorage,
    table: Table[AggregateT],
    company: Company | None,
    key: str,
    fields: Mapping[str, Any],
    staff: Principal,
) -> AggregateT | None:
    """The one this row means, among those the caller may see; raises RowError."""
    if key:
        return await _by_id(registry, table, company, key, staff)
    if "company" in table.columns.names and company is None:
        raise RowError("company: it is not said whose it is")
    known = await table.known(registry, company, fields)
    mine = [one for one in known if staff.may_see_company(table.company_of(one))]
    if len(mine) > 1:
        raise RowError("there are several of this name; say which by its id")
    return mine[0] if mine else None


async def _by_id(
    registry: RegistryStorage,
    table: Table[AggregateT],
    company: Company | None,
    key: str,
    staff: Principal,
) -> AggregateT:
    try:
        found = await table.storage(registry).get(UUID(key))
    except (ValueError, NotInRegistryError):
        raise RowError(_NOT_THERE) from None
    if not staff.may_see_company(table.company_of(found)):
        raise RowError(_NOT_THERE)
    if company and company.id != table.company_of(found):
        raise RowError("company: it belongs to another one")
    if getattr(found, "archived", False):
        raise RowError("id: it is archived")
    return found
