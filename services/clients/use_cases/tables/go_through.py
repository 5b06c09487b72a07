"""The rows of an import are gone through in batches: first looked at, then, when asked, written.

Each row may be gone through any number of times, by several processes, cut off anywhere: what it adds is
added under a key of its own, and a change that was made already changes nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from chassis.principal import Principal
from chassis.problems import OUTAGES
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.errors import ConflictError, KeyReusedError, NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.tables.connections import loose_ends, not_there
from services.clients.domain.tables.errors import RowError
from services.clients.domain.tables.periods import meeting
from services.clients.domain.tables.table_import import Row, TableImport
from services.clients.domain.vault.data_key import CompanyKey
from services.clients.use_cases.doer import Importing
from services.clients.use_cases.tables import TABLES, Table
from services.clients.use_cases.tables.decide import Decision, decide
from services.clients.use_cases.tables.sealed_rows import open_row
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
    key = await registry.keys.lent(job.id, job.expires_at) if job.has_secrets else None
    work = _Work(registry, job, TABLES[job.what], staff, Whose(registry, staff), key, at)
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(row: Row) -> None:
        async with turns:
            await _go_through(work, row)
            row.is_done = True

    await asyncio.gather(*map(one, rows))
    if job.state == "checking":
        await _refuse_doubles(registry, job, rows)
    if rows:
        await registry.imports.keep(rows)
    elif job.state == "checking":
        await _refuse_by_the_others(registry, job)
    # The last look is one at nothing: what hangs on other rows is seen when all of them are done.
    if (await registry.imports.advance(job, at, is_last=not rows)) and job.state == "applying":
        await registry.keys.destroy(job.id)
    return True


@dataclass(frozen=True)
class _Work:
    """Whatever is needed to go through a row. `key` opens the rows of a table with secrets."""

    registry: RegistryStorage
    job: TableImport
    table: Table[Any]
    staff: Principal
    whose: Whose
    key: CompanyKey | None
    at: datetime

    def cells_of(self, row: Row) -> list[str]:
        return self.job.tidied(open_row(self.key, row)) if self.key else row.cells


async def _go_through(work: _Work, row: Row) -> None:
    job, table = work.job, work.table
    try:
        cells = work.cells_of(row)
        row.cells = job.open_of(cells, "")
        row.name = row.name or job.values_in(row.cells).get(table.columns.name, "")
        if row.hangs_on and job.state == "applying":
            await _write_upstream(work, row)
        decision = await decide(work.registry, table, job, cells, work.staff, work.whose)
        if job.state == "checking":
            _note(row, decision)
        else:
            await _write(work, row, decision)
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
    row.answers_to, row.hangs_on, row.holds = "", decision.hangs_on, decision.holds
    if decision.target is None:
        row.outcome = "create"
        row.answers_to = decision.answers_to
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


async def _refuse_by_the_others(registry: RegistryStorage, job: TableImport) -> None:
    """Rows that other rows of the file rule out; all are looked at by now.

    They hang on what neither is there nor will be, or hold on a day that another one holds on.
    """
    reasons = loose_ends(await registry.imports.links(job))
    reasons |= meeting(await registry.imports.periods(job))
    numbers = sorted(reasons)
    for place in range(0, len(numbers), _BATCH):
        rows = await registry.imports.numbered(job, numbers[place : place + _BATCH])
        for row in rows:
            row.refuse(reasons[row.row])
        await registry.imports.keep(rows)


async def _write_upstream(work: _Work, row: Row) -> None:
    """What a row hangs on is written before it, wherever in the file it stands; twice does no harm."""
    for above in await work.registry.imports.answering(work.job, row.hangs_on):
        if not above.is_done:
            await _go_through(work, above)
            above.is_done = True
            await work.registry.imports.keep([above])


async def _write(work: _Work, row: Row, decision: Decision[Any]) -> None:
    """As the preview said, or not at all."""
    if decision.hangs_on:
        raise RowError(not_there(decision.hangs_on))
    if row.outcome == "create":
        row.target = (await _add(work, row, decision)).id
        return
    target = decision.target
    if target is None or target.id != row.target:
        raise RowError(_CHANGED)
    promised = {change.field: change.before for change in row.changes}
    if any(promised.get(change.field) != change.before for change in decision.changes):
        raise RowError(_CHANGED)
    if decision.changes:
        await work.table.change(
            work.registry, target.id, decision.wanted, work.staff, target.version, work.at
        )


async def _add(work: _Work, row: Row, decision: Decision[Any]) -> Aggregate:
    """Under the row's own key: if an earlier attempt made it, that is it."""
    table, key = work.table, work.job.key_of_row(row.row)
    new = table.new(decision.company, decision.fields)
    if decision.target is None:
        added: Aggregate = await table.add(work.registry, new, work.staff, key, work.at)
        return added
    creation = await table.creation(work.registry, new, work.staff, key)
    made: Aggregate | None = await table.storage(work.registry).made_by(creation) if creation else None
    if made is None:
        raise RowError("somebody added it since the preview")
    return made
