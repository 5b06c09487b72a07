"""The routes of imports: upload, matching, preview, applying, errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

from chassis.clock import now
from chassis.parameters import IdempotencyKey, cursor_of, position_in
from chassis.problems import Problem, field_errors
from contracts.cells import BYTE_ORDER_MARK, csv_lines
from contracts.import_http import (
    MOST_BYTES,
    FieldDifference,
    ImportPage,
    ImportRow,
    ImportRowPage,
    ImportView,
    Matching,
    Outcome,
    TableColumn,
    TableField,
    TableKind,
)
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer
from services.clients.api.parameters import PageQuery
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.tables.table_import import Row, TableImport
from services.clients.use_cases.tables.differences import NAMING, names_said
from services.clients.use_cases.tables.import_table import (
    apply_import,
    begin_import,
    find_import,
    settle_matching,
)

router = APIRouter(prefix="/import")
_ERRORS_AT_ONCE = 500
# One at a time: what a file takes to be read is bounded, but not little. Others wait on disk.
_reading = asyncio.Semaphore(1)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    what: TableKind
    file: UploadFile


class RowPosition(BaseModel):
    row: int = Field(ge=0, le=2**31)


class RowQuery(PageQuery):
    outcome: Outcome | None = None

    def after(self) -> int:
        position = position_in(self.cursor, RowPosition)
        return position.row if position else 0


@router.post("")
async def post_import(
    request: Request,
    staff: Specialist,
    key: IdempotencyKey,
    registry: TheRegistry,
    without: TableKind | None = None,
) -> Response:
    """`without`: what this caller's token does not do."""
    form = await _form_of(request)
    try:
        if form.what == without:
            raise Problem(403, f"The API token lacks the scope {without}:write.", kind="/problems/scope")
        async with _reading:
            content = await form.file.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise Problem(413, "The file is too large; import it in parts.")
            name = form.file.filename or ""
            job = await begin_import(registry, form.what, name, content, staff, key, now())
    finally:
        await form.file.close()
    return answer(_view(job), status=201)


@router.get("")
async def list_imports(staff: Specialist, registry: TheRegistry) -> Response:
    """One's own latest, for who comes back to them."""
    found = await registry.imports.latest(staff.id)
    return answer(ImportPage(items=[_view(job) for job in found]))


@router.get("/{import_id}")
async def get_import(import_id: UUID, staff: Specialist, registry: TheRegistry) -> Response:
    return answer(_view(await find_import(registry, import_id, staff)))


@router.put("/{import_id}/matching")
async def put_matching(
    import_id: UUID, matching: Matching, staff: Specialist, registry: TheRegistry
) -> Response:
    job = await settle_matching(registry, import_id, list(matching.columns), staff, now())
    return answer(_view(job), status=202)


@router.get("/{import_id}/rows")
async def list_rows(
    import_id: UUID, query: Annotated[RowQuery, Query()], staff: Specialist, registry: TheRegistry
) -> Response:
    job = await find_import(registry, import_id, staff)
    rows, more = await registry.imports.page(job, query.outcome, query.after(), query.limit)
    following = RowPosition(row=more) if more is not None else None
    names = await names_said(registry, [change for row in rows for change in row.changes], staff)
    items = [_row(row, job, names) for row in rows]
    return answer(ImportRowPage(items=items, next=cursor_of(following)))


@router.post("/{import_id}/apply")
async def post_apply(import_id: UUID, staff: Specialist, registry: TheRegistry) -> Response:
    return answer(_view(await apply_import(registry, import_id, staff, now())), status=202)


@router.get("/{import_id}/errors")
async def get_errors(import_id: UUID, staff: Specialist, registry: TheRegistry) -> Response:
    """The rows that failed as they came, each with its number and reason: to be mended and imported again.

    What is secret in them is left out.
    """
    job = await find_import(registry, import_id, staff)
    headers = {"Content-Disposition": f'attachment; filename="{job.what}-errors.csv"'}
    return StreamingResponse(_errors(registry, job), headers=headers, media_type="text/csv; charset=utf-8")


async def _errors(registry: RegistryStorage, job: TableImport) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + csv_lines([[*job.headers, "row", "error"]])
    after: int | None = 0
    while after is not None:
        rows, after = await registry.imports.page(job, "error", after, _ERRORS_AT_ONCE)
        yield csv_lines([[*_as_wide(row.cells, len(job.headers)), str(row.row), row.reason] for row in rows])


def _as_wide(cells: list[str], width: int) -> list[str]:
    return (cells + [""] * width)[:width]


async def _form_of(request: Request) -> _Form:
    """Exactly one file and what it is; anything else is refused."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "multipart/form-data":
        raise Problem(415, "Send multipart/form-data with `what` and `file`.")
    form = await request.form(max_files=1, max_fields=2, max_part_size=1024)
    names = [name for name, _ in form.multi_items()]
    if len(names) != len(set(names)):
        raise Problem(422, errors=[(names[0], "it is there twice")])
    try:
        return _Form.model_validate(dict(form))
    except ValidationError as error:
        await form.close()
        raise Problem(
            422, "Some fields are not as they should be.", errors=field_errors(error.errors())
        ) from error


def _view(job: TableImport) -> ImportView:
    columns = [
        TableColumn(header=header, samples=samples, field=field)
        for header, samples, field in zip(job.headers, job.samples, job.matching, strict=True)
    ]
    return ImportView(
        columns=columns,
        fields=[
            TableField(name=field.name, required=field.required, secret=field.secret)
            for field in job.columns.fields
        ],
        started_by=job.by.full_name,
        **job.model_dump(exclude={"headers", "samples", "matching", "by", "expires_at"}),
    )


def _row(row: Row, job: TableImport, names: Mapping[str, str]) -> ImportRow:
    return ImportRow(
        row=row.row,
        outcome=row.outcome,
        is_applied=row.is_done and job.state in ("applying", "done") and row.outcome in ("create", "update"),
        name=row.name,
        reason=row.reason,
        changes=[_shown(change, names) for change in row.changes],
        id=row.target,
    )


def _shown(change: FieldDifference, names: Mapping[str, str]) -> FieldDifference:
    """With whom and what it names as they are called; nothing of what is secret."""
    if change.is_secret:
        return change.model_copy(update={"before": ""})
    sides = {"before": change.before, "after": change.after}
    called = {
        side: ", ".join(names.get(one, one) for one in said.split(", ")) for side, said in sides.items()
    }
    return change.model_copy(update=called if change.field in NAMING else {})
