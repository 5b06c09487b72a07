"""A file becomes an import: uploaded, matched, looked at, applied."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from chassis.clock import new_id
from chassis.principal import Principal
from contracts.import_http import TableKind
from contracts.text import clean_line
from services.clients.domain.creation import creation_of
from services.clients.domain.errors import MadeBeforeError, NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.tables.csv_file import read_csv
from services.clients.domain.tables.errors import TableError
from services.clients.domain.tables.matching import propose, without_secrets
from services.clients.domain.tables.sheet import Sheet
from services.clients.domain.tables.table_import import KEPT_FOR, Importer, Row, TableImport
from services.clients.domain.tables.workbook import is_workbook, read_workbook
from services.clients.use_cases.tables import TABLES

_SAMPLES = 3
_LONGEST_SAMPLE = 100
_LONGEST_NAME = 200


class _Uploaded(BaseModel):
    what: TableKind
    sha256: str


async def begin_import(
    registry: RegistryStorage,
    what: TableKind,
    file_name: str,
    content: bytes,
    staff: Principal,
    key: UUID | None,
    at: datetime,
) -> TableImport:
    """Raises RuleError for a file that is no table; the same key again gets what it got."""
    if refused := TABLES[what].may_write(staff):
        raise RuleError("what", refused)
    creation = creation_of(staff.id, key, _Uploaded(what=what, sha256=hashlib.sha256(content).hexdigest()))
    if creation and (before := await registry.imports.made_by(creation)):
        return before
    sheet = without_secrets(await asyncio.to_thread(_read, content))
    job = _import_of(what, file_name, sheet, staff, at)
    try:
        await registry.imports.add(job, _rows_of(job, sheet), creation)
    except MadeBeforeError:
        if creation and (before := await registry.imports.made_by(creation)):
            return before
        raise
    return job


async def find_import(registry: RegistryStorage, key: UUID, staff: Principal) -> TableImport:
    """One's own; raises NotInRegistryError, alike for «not there» and «not yours»."""
    job = await registry.imports.get(key)
    if job.by.id != staff.id:
        raise NotInRegistryError
    return job


async def settle_matching(
    registry: RegistryStorage, key: UUID, matching: list[str | None], staff: Principal, at: datetime
) -> TableImport:
    """From here on its rows are looked at. Raises RuleError, ConflictError."""
    before = await find_import(registry, key, staff)
    job = before.model_copy(deep=True)
    job.settle(matching, _importer(staff), at)
    await registry.imports.begin(job, before)
    return job


async def apply_import(registry: RegistryStorage, key: UUID, staff: Principal, at: datetime) -> TableImport:
    """From here on its rows are written; harmless again. Raises RuleError, ConflictError."""
    before = await find_import(registry, key, staff)
    job = before.model_copy(deep=True)
    job.begin_applying(_importer(staff), at)
    if job.state != before.state:
        await registry.imports.begin(job, before)
    return job


def _read(content: bytes) -> Sheet:
    try:
        return read_workbook(content) if is_workbook(content) else read_csv(content)
    except TableError as error:
        raise RuleError("file", str(error)) from error


def _import_of(what: TableKind, file_name: str, sheet: Sheet, staff: Principal, at: datetime) -> TableImport:
    shown = [line.cells for line in sheet.lines[:_SAMPLES]]
    samples = [
        [cells[place][:_LONGEST_SAMPLE] for cells in shown if place < len(cells)]
        for place in range(len(sheet.headers))
    ]
    return TableImport(
        id=new_id(),
        what=what,
        file_name=clean_line(file_name)[:_LONGEST_NAME],
        format=sheet.format,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        headers=sheet.headers,
        samples=samples,
        matching=propose(sheet.headers, TABLES[what].columns),
        rows=len(sheet.lines),
        by=_importer(staff),
        created_at=at,
        updated_at=at,
        expires_at=at + KEPT_FOR,
    )


def _rows_of(job: TableImport, sheet: Sheet) -> Iterator[Row]:
    for line in sheet.lines:
        yield Row(import_id=job.id, row=line.row, cells=line.cells)


def _importer(staff: Principal) -> Importer:
    return Importer(id=staff.id, full_name=staff.full_name, roles=staff.roles, companies=staff.companies)
