"""Tables of the registry: imported from a file in three steps, exported as one."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from contracts.import_http import (
    WORKBOOK,
    ImportPage,
    ImportRowPage,
    ImportView,
    Matching,
    Outcome,
    TableFormat,
    TableKind,
)
from gateway.access.callers import WANTED_SCOPE, staff_session
from gateway.api.calls import PREFIX, Call
from gateway.api.passing import for_staff
from gateway.api.queries import PageQuery
from gateway.parts import parts_of
from gateway.upstream import UPLOAD_DEADLINE_SECONDS

_READING, _WRITING = "credentials:read", "credentials:write"
_BINARY = {"type": "string", "format": "binary"}


class ImportForm(BaseModel):
    """CSV (UTF-8 or Windows-1251; with `;`, `,` or tab) or XLSX, at most 10 MB and 20,000 rows."""

    model_config = ConfigDict(extra="forbid")

    what: TableKind
    file: Annotated[bytes, Field(json_schema_extra=_BINARY)]


class RowsQuery(PageQuery):
    """`outcome`: only rows of which this becomes."""

    outcome: Outcome | None = None


class ExportQuery(BaseModel):
    """`company`: only its own; `lang`: of the titles."""

    what: TableKind
    format: TableFormat = "csv"
    company: UUID | None = None
    lang: Literal["ru", "en"] = "ru"


async def post_import(request: Request) -> Response:
    """What the file is only the service reads: it is told what a token does not do."""
    staff = await staff_session(request)
    lacks = staff.via == "token" and _WRITING not in staff.scopes
    return await parts_of(request).upstreams.forward(
        request,
        "clients",
        "/import",
        staff.principal,
        query="without=credentials" if lacks else "",
        deadline=UPLOAD_DEADLINE_SECONDS,
    )


async def get_export(request: Request) -> Response:
    """Where credentials lead is as little everybody's as the list of them."""
    if request.query_params.get("what") == "credentials":
        request.scope[WANTED_SCOPE] = _READING
    return await get_file(request)


async def get_file(request: Request) -> Response:
    """A download passes through as it is made."""
    staff = await staff_session(request)
    path = request.url.path.removeprefix(PREFIX)
    return await parts_of(request).upstreams.forward(
        request, "clients", path, staff.principal, deadline=UPLOAD_DEADLINE_SECONDS, stream=True
    )


CALLS = (
    Call(
        "POST", "/import", post_import,
        "Upload a table: its columns come back with a proposed matching", "staff", "tables",
        status=201, form=ImportForm, answer=ImportView, headers=("Idempotency-Key",), also=(409, 415),
    ),
    Call(
        "GET", "/import", for_staff("clients", "/import"),
        "One's own latest imports, to come back to them", "staff", "tables", answer=ImportPage,
    ),
    Call(
        "GET", "/import/{id:id}", for_staff("clients", "/import/{id}"),
        "How far an import of one's own is", "staff", "tables", answer=ImportView, also=(404,),
    ),
    Call(
        "PUT", "/import/{id:id}/matching", for_staff("clients", "/import/{id}/matching"),
        "Settle what each column means; the rows are then looked at", "staff", "tables",
        status=202, body=Matching, answer=ImportView, also=(404, 409),
    ),
    Call(
        "GET", "/import/{id:id}/rows", for_staff("clients", "/import/{id}/rows"),
        "The preview, row by row; later what became of them", "staff", "tables",
        query=RowsQuery, answer=ImportRowPage, also=(404,),
    ),
    Call(
        "POST", "/import/{id:id}/apply", for_staff("clients", "/import/{id}/apply"),
        "Write what the preview showed, in the background", "staff", "tables",
        status=202, answer=ImportView, also=(404, 409),
    ),
    Call(
        "GET", "/import/{id:id}/errors", get_file, "The rows that failed, each with its reason, as CSV",
        "staff", "tables", media="text/csv", also=(404,),
    ),
    Call(
        "GET", "/export", get_export,
        "Companies, people, equipment, licences, contracts or credentials (without what is secret) as a file",
        "staff", "tables", query=ExportQuery, media=f"text/csv, {WORKBOOK}",
    ),
)  # fmt: skip
