"""Submissions and their files: what a client's people send, and follow."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, Json
from starlette.requests import Request
from starlette.responses import Response

from contracts.intake_http import (
    AlikeSubmissions,
    Description,
    Joining,
    NewRating,
    NewReopening,
    NewReply,
    NewSubmission,
    SubmissionPage,
    SubmissionView,
    Title,
)
from gateway.access.callers import any_viewer, device_session
from gateway.api.calls import Call
from gateway.api.passing import filled, for_both, for_device, pass_to, pass_waiting
from gateway.api.queries import ColleaguesQuery, PageQuery, WaitQuery
from gateway.parts import parts_of
from gateway.upstream import UPLOAD_DEADLINE_SECONDS

# A file is somebody else's text: whatever it is, it may do nothing in our name.
FILE_POLICY = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LONGEST_RANGE = 64


class SubmissionForm(BaseModel):
    """multipart/form-data; `screenshot` and `attachment` may be repeated, `diagnostics` is a JSON object."""

    title: Title
    description: Description = ""
    diagnostics: Json[dict[str, object]] | None = None
    screenshot: list[Annotated[bytes, Field(json_schema_extra={"format": "binary"})]] = []
    attachment: list[Annotated[bytes, Field(json_schema_extra={"format": "binary"})]] = []


class ReplyForm(BaseModel):
    """multipart/form-data; with files the text may be empty, both kinds may be repeated."""

    text: Description = ""
    screenshot: list[Annotated[bytes, Field(json_schema_extra={"format": "binary"})]] = []
    attachment: list[Annotated[bytes, Field(json_schema_extra={"format": "binary"})]] = []


class FilesForm(BaseModel):
    """multipart/form-data; each may be repeated: a `screenshot` is shown, an `attachment` only saved."""

    screenshot: list[Annotated[bytes, Field(json_schema_extra={"format": "binary"})]] = []
    attachment: list[Annotated[bytes, Field(json_schema_extra={"format": "binary"})]] = []


async def serve_file(request: Request, path: str) -> Response:
    """From intake, streamed; a range only where it is one range."""
    viewer = await any_viewer(request)
    wanted = request.headers.get("range", "")
    unusual = "," in wanted or len(wanted) > _LONGEST_RANGE
    response = await parts_of(request).upstreams.forward(
        request,
        "intake",
        filled(path, request),
        viewer.principal,
        headers={"range": "bytes=0-"} if unusual else None,
        stream=True,
    )
    response.headers.update(FILE_POLICY)
    response.headers.setdefault("Content-Disposition", "attachment")
    return response


async def get_file(request: Request) -> Response:
    return await serve_file(request, "/files/{id}")


async def get_display(request: Request) -> Response:
    return await serve_file(request, "/files/{id}/display")


_ANSWERED = (404, 409)

CALLS = (
    Call(
        "POST", "/submissions",
        pass_to("intake", "/submissions", device_session, deadline=UPLOAD_DEADLINE_SECONDS),
        "Submit a request; the Idempotency-Key becomes its id", "device", "submissions",
        status=202, body=NewSubmission, form=SubmissionForm, answer=SubmissionView,
        headers=("Idempotency-Key",), also=(409,),
    ),
    Call(
        "GET", "/submissions", for_both("intake", "/submissions"),
        "The own requests, newest first; a manager's: the company's", "both", "submissions",
        query=PageQuery, answer=SubmissionPage,
    ),
    Call(
        "GET", "/submissions/{id:id}",
        pass_waiting("intake", "/submissions/{id}", any_viewer),
        "One request with its status, number and public log", "both", "submissions",
        query=WaitQuery, answer=SubmissionView, also=(404,),
    ),
    Call(
        "POST", "/submissions/{id:id}/replies",
        pass_to("intake", "/submissions/{id}/replies", device_session, deadline=UPLOAD_DEADLINE_SECONDS),
        "Answer, with files or without", "device", "submissions",
        status=202, body=NewReply, form=ReplyForm, answer=SubmissionView, headers=("Idempotency-Key",),
        also=_ANSWERED,
    ),
    Call(
        "POST", "/submissions/{id:id}/reopen",
        pass_to("intake", "/submissions/{id}/reopen", device_session, deadline=UPLOAD_DEADLINE_SECONDS),
        "Say that it is not solved, with files or without", "device", "submissions",
        status=202, body=NewReopening, form=ReplyForm, answer=SubmissionView, headers=("Idempotency-Key",),
        also=_ANSWERED,
    ),
    Call(
        "POST", "/submissions/{id:id}/rating", for_device("intake", "/submissions/{id}/rating"),
        "Rate the work, 1 to 5", "device", "submissions",
        status=202, body=NewRating, answer=SubmissionView, headers=("Idempotency-Key",), also=_ANSWERED,
    ),
    Call(
        "GET", "/submissions/alike", for_device("intake", "/submissions/alike"),
        "Open requests of colleagues that look like what one is writing", "device", "submissions",
        query=ColleaguesQuery, answer=AlikeSubmissions,
    ),
    Call(
        "POST", "/submissions/{id:id}/join", for_device("intake", "/submissions/{id}/join"),
        "Join a colleague's request; the Idempotency-Key becomes the id of one's own", "device",
        "submissions", status=202, body=Joining, answer=SubmissionView, headers=("Idempotency-Key",),
        also=_ANSWERED,
    ),
    Call(
        "GET", "/files/{id:id}", get_file, "A file as it was sent, to save", "both", "files",
        media="*/*", also=(404,),
    ),
    Call(
        "GET", "/files/{id:id}/display", get_display, "A screenshot made anew, to look at", "both", "files",
        media="image/*", also=(404,),
    ),
)  # fmt: skip
