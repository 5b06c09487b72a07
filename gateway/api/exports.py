"""Files of reports that are made in the background: asked for, looked after, fetched."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from contracts.exports_http import ExportList, ExportView, NewExport
from contracts.import_http import WORKBOOK
from gateway.access.callers import any_viewer
from gateway.api.articles import any_writer
from gateway.api.calls import Call
from gateway.api.passing import filled, for_both, pass_to
from gateway.parts import parts_of
from gateway.upstream import UPLOAD_DEADLINE_SECONDS

_PATH = "/report-exports"
_FILES = f"text/csv, {WORKBOOK}, application/pdf"


async def get_file(request: Request) -> Response:
    viewer = await any_viewer(request)
    return await parts_of(request).upstreams.forward(
        request,
        "reporting",
        filled(_PATH + "/{id}/file", request),
        viewer.principal,
        deadline=UPLOAD_DEADLINE_SECONDS,
        stream=True,
    )


CALLS = (
    Call(
        "GET", _PATH, for_both("reporting", _PATH), "Your files of reports, the newest first", "both",
        "exports", answer=ExportList,
    ),
    Call(
        "POST", _PATH, pass_to("reporting", _PATH, any_writer), "Have a report's file made in the background",
        "both", "exports", status=202, body=NewExport, answer=ExportView, headers=("Idempotency-Key",),
        also=(409,),
    ),
    Call(
        "GET", _PATH + "/{id:id}", for_both("reporting", _PATH + "/{id}"), "How far a file is", "both",
        "exports", answer=ExportView, also=(404,),
    ),
    Call(
        "DELETE", _PATH + "/{id:id}", pass_to("reporting", _PATH + "/{id}", any_writer),
        "Stop making a file, or take it away", "both", "exports", status=204, also=(404,),
    ),
    Call(
        "GET", _PATH + "/{id:id}/file", get_file, "The file, when it is ready", "both", "exports",
        media=_FILES, also=(404, 409),
    ),
)  # fmt: skip
