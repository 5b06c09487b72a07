"""The rows of an import are gone through in batches: first looked at, then, when asked, written.

Each row may be gone through any number of times, by several processes, cut off anywhere: what it adds is
added under a key of its own, and a change that was made already changes nothing.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from pydantic import BaseModel

from chassis.principal import Principal
from chassis.problems import OUTAGES
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.creation import Creation, creation_of
from services.clients.domain.errors import ConflictError, KeyReusedError, NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.tables.errors import RowError
from services.clients.domain.tables.table_import import Row, TableImport
from services.clients.use_cases.doer import Importing
from services.clients.use_cases.tables import TABLES, Table
from services.clients.use_cases.tables.decide import Decision, decide
from services.clients.use_cases.tables.whose import Whose

_log = structlog.get_logger(__name__)
_BATCH = 100
_AT_ONCE = 8
_CHANGED = "somebody changed it since the preview"
_OUR_MISTAKE = "we made a mistake; it is in our log"


async def go_through_some(registry: RegistryStorage, at: datetime) -> bool:
    """One batch of the import that waits the longest; False when none waits. An outage is raised."""
    job = await registry.imports.at_work()
    if job is None:
        return False
    staff = Importing(kind="staff", **job.by.model_dump())
    rows = await registry.imports.undone(job, _BATCH)
    turns, whose = asyncio.Semaphore(_AT_ONCE), Whose(registry, staff)

    async def one(row: Row) -> None:
        async with turns:
            await _go_through(registry, job, row, staff, whose, at)
            row.is_done = True

    await asyncio.gather(*map(one, rows))
    if job.state == "checking":
        await _refuse_doubles(registry, job, rows)
    if rows:
        await registry.imports.keep(rows)
    await registry.imports.advance(job, at)
    return True


async def _go_through(
    registry: RegistryStorage, job: TableImport, row: Row, staff: Principal, whose: Whose, at: datetime
) -> None:
    table = TABLES[job.what]
    row.name = row.name or job.values_in(row.cells).get(table.columns.name, "")
    try:
        decision = await decide(registry, table, job, row.cells, staff, whose)
        if job.state == "checking":
            _note(row, decision)
        else:
            await _write(registry, table, job, row, decision, staff, at)
    except RowError as error:
        row.refuse(str(error))
    except RuleError as error:
        row.refuse(f"{error.field}: {error.message}")
    except (ConflictError, NotInRegistryError, KeyReusedError):
        row.refuse(_CHANGED)
    except OUTAGES:
        raise
    except Exception as error:
        # Else this row would stop the whole import, now and at every later attempt.
        _log.error("a row of an import failed", import_id=str(job.id), row=row.row, exc_info=error)
        row.refuse(_OUR_MISTAKE)


def _note(row: Row, decision: Decision[Any]) -> None:
    row.name, row.key, row.reason = decision.name, decision.key, ""
    row.target = decision.target.id if decision.target else None
    row.changes = list(decision.changes)
    if decision.target is None:
        row.outcome = "create"
    else:
        row.outcome = "update" if decision.changes else "skip"
        row.reason = "" if decision.changes else "nothing changes"


async def _refuse_doubles(registry: RegistryStorage, job: TableImport, rows: list[Row]) -> None:
    """The first row that says a thing counts; rows of earlier batches are in the store by now."""
    said = [row for row in rows if row.outcome != "error"]
    first = await registry.imports.first_with(job, [row.key for row in said])
    for row in sorted(said, key=lambda row: row.row):
        if (before := first.setdefault(row.key, row.row)) < row.row:
            row.refuse(f"row {before} says the same thing")
            row.key = ""


async def _write(
    registry: RegistryStorage,
    table: Table[Aggregate],
    job: TableImport,
    row: Row,
    decision: Decision[Aggregate],
    staff: Principal,
    at: datetime,
) -> None:
    """As the preview said, or not at all."""
    if row.outcome == "create":
        row.target = (await _add(registry, table, job, row, decision, staff, at)).id
        return
    target = decision.target
    if target is None or target.id != row.target:
        raise RowError(_CHANGED)
    promised = {change.field: change.before for change in row.changes}
    if any(promised.get(change.field) != change.before for change in decision.changes):
        raise RowError(_CHANGED)
    if decision.changes:
        await table.change(registry, target.id, decision.wanted, staff, target.version, at)


async def _add(
    registry: RegistryStorage,
    table: Table[Aggregate],
    job: TableImport,
    row: Row,
    decision: Decision[Aggregate],
    staff: Principal,
    at: datetime,
) -> Aggregate:
    """Under the row's own key: if an earlier attempt made it, that is it."""
    key = job.key_of_row(row.row)
    new = table.new(decision.company, decision.fields)
    if decision.target:
        made = await table.storage(registry).made_by(_creation(staff, key, new))
        if made is None:
            raise RowError("somebody added it since the preview")
        return made
    return await table.add(registry, new, staff, key, at)


def _creation(staff: Principal, key: UUID, new: BaseModel) -> Creation:
    creation = creation_of(staff.id, key, new)
    if creation is None:
        raise AssertionError("with a key there is a creation")
    return creation
