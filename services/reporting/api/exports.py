"""The routes of files that are made in the background."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from chassis.clock import now
from chassis.parameters import Key
from chassis.principal import Caller
from chassis.refusals import refuse
from contracts.exports_http import ExportList, ExportView, NewExport
from services.reporting.api.files import MEDIA
from services.reporting.api.reports import TheArchive
from services.reporting.api.schedules import TheZone
from services.reporting.domain.export import (
    Export,
    ExportKeyReusedError,
    ExportNotFoundError,
    ExportStorage,
    TooManyExportsError,
)
from services.reporting.domain.reports.names import Names
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.use_cases.keep_exports import ask_export, end_export, find_export, list_exports

router = APIRouter(prefix="/report-exports")


async def _the_exports(request: Request) -> ExportStorage:
    return request.app.state.exports  # type: ignore[no-any-return]


TheExports = Annotated[ExportStorage, Depends(_the_exports)]


@router.get("")
async def get_exports(caller: Caller, exports: TheExports, archive: TheArchive) -> Response:
    found = await list_exports(exports, caller, now())
    names = await _names(archive, found)
    return _json(ExportList(items=[_view(one, names) for one in found]))


@router.post("")
async def post_export(
    new: NewExport, caller: Caller, key: Key, exports: TheExports, archive: TheArchive, zone: TheZone
) -> Response:
    """Begun within a second or two."""
    export = await ask_export(exports, new, caller, key, now(), zone)
    return _json(_view(export, await _names(archive, [export])), 202)


@router.get("/{export_id}")
async def get_export(export_id: UUID, caller: Caller, exports: TheExports, archive: TheArchive) -> Response:
    export = await find_export(exports, export_id, caller, now())
    return _json(_view(export, await _names(archive, [export])))


@router.delete("/{export_id}")
async def delete_export(export_id: UUID, caller: Caller, exports: TheExports) -> Response:
    await end_export(exports, export_id, caller, now())
    return Response(status_code=204)


@router.get("/{export_id}/file")
async def get_export_file(export_id: UUID, caller: Caller, exports: TheExports) -> Response:
    """409 until it is ready."""
    export = await find_export(exports, export_id, caller, now())
    if export.state != "ready":
        raise ExportNotReadyError
    name = f"{export.report}-{export.query['from']}-{export.query['to']}.{export.format}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(export.size),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(exports.read(export), headers=headers, media_type=MEDIA[export.format])


class ExportNotReadyError(Exception):
    """Its file is still to come."""


async def _names(archive: ArchiveStorage, found: list[Export]) -> Names:
    """Of companies within reach: another's is called as one that is not there."""
    asked = [(one.query["company"], one.reach) for one in found if "company" in one.query]
    return Names(await archive.names({key for key, reach in asked if reach is None or key in reach}))


def _view(export: Export, names: Names) -> ExportView:
    company = export.query.get("company")
    shown = export.model_dump(include=set(ExportView.model_fields))
    return ExportView.model_validate(
        {**shown, "from": export.query["from"], "to": export.query["to"]}
        | {"company": names.company(company) if company else None}
    )


def _json(body: BaseModel, status: int = 200) -> Response:
    return Response(body.model_dump_json(by_alias=True), status, media_type="application/json")


def install_answers(app: FastAPI) -> None:
    refuse(
        app,
        {
            ExportNotFoundError: (404, "There is no such file."),
            ExportNotReadyError: (409, "The file is not ready yet."),
            ExportKeyReusedError: (409, "Something else was asked for under this key."),
            TooManyExportsError: (409, "Other files are being made for you already; wait for them."),
        },
    )
