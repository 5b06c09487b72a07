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
from services.clients.domain.tables.field import Columns
from services.clients.domain.tables.matching import propose, without_secrets
from services.clients.domain.tables.sheet import Sheet
from services.clients.domain.tables.table_import import KEPT_FOR, Importer, Row, TableImport
from services.clients.domain.tables.workbook import is_workbook, read_workbook
from services.clients.domain.vault.data_key import CompanyKey
from services.clients.use_cases.tables import TABLES
from services.clients.use_cases.tables.sealed_rows import seal_row

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
    told = await _told(registry, what, content, staff, at)
    creation = creation_of(staff.id, key, _Uploaded(what=what, sha256=told))
    if creation and (before := await registry.imports.made_by(creation)):
        return before
    sheet = await asyncio.to_thread(_read, content, TABLES[what].columns)
    job = _import_of(what, file_name, sheet, staff, at)
    sealing = await _sealing(registry, job, at)
    try:
        await registry.imports.add(job, _rows_of(job, sheet, sealing), creation)
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
    await _sealing(registry, job, at)
    await registry.imports.begin(job, before)
    return job


async def apply_import(registry: RegistryStorage, key: UUID, staff: Principal, at: datetime) -> TableImport:
    """From here on its rows are written; harmless again. Raises RuleError, ConflictError."""
    before = await find_import(registry, key, staff)
    job = before.model_copy(deep=True)
    job.begin_applying(_importer(staff), at)
    if job.state != before.state:
        await _sealing(registry, job, at)
        await registry.imports.begin(job, before)
    return job


async def _sealing(registry: RegistryStorage, job: TableImport, at: datetime) -> CompanyKey | None:
    """The key of an import that has secrets: it lasts no longer than the import."""
    return await registry.keys.lent(job.id, at + KEPT_FOR) if job.has_secrets else None


async def _told(
    registry: RegistryStorage, what: TableKind, content: bytes, staff: Principal, at: datetime
) -> str:
    """What tells a file from another; of one with secrets, nothing to try guesses on."""
    plainly = hashlib.sha256(content).hexdigest()
    if not TABLES[what].columns.secrets:
        return plainly
    return (await registry.keys.lent(staff.id, at + KEPT_FOR)).fingerprint(plainly)


def _read(content: bytes, columns: Columns) -> Sheet:
    """Where secrets have their place every character may count: it is left as it came."""
    try:
        sheet = read_workbook(content) if is_workbook(content) else read_csv(content)
    except TableError as error:
        raise RuleError("file", str(error)) from error
    return sheet if columns.secrets else without_secrets(sheet.tidied())


def _import_of(what: TableKind, file_name: str, sheet: Sheet, staff: Principal, at: datetime) -> TableImport:
    shown = [line.cells for line in sheet.lines[:_SAMPLES]]
    samples = [
        [cells[place][:_LONGEST_SAMPLE] for cells in shown if place < len(cells)]
        for place in range(len(sheet.headers))
    ]
    job = TableImport(
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
    job.samples = job.open_of(samples, [])
    return job


def _rows_of(job: TableImport, sheet: Sheet, sealing: CompanyKey | None) -> Iterator[Row]:
    for line in sheet.lines:
        sealed = seal_row(sealing, job.id, line.row, line.cells) if sealing else b""
        yield Row(import_id=job.id, row=line.row, cells=job.open_of(line.cells, ""), sealed=sealed)


def _importer(staff: Principal) -> Importer:
    return Importer(id=staff.id, full_name=staff.full_name, roles=staff.roles, companies=staff.companies)
