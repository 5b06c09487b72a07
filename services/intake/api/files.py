"""The files of submissions: as they were sent, to save; as pixels made anew, to look at."""

from __future__ import annotations

import asyncio
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from chassis.clock import now
from chassis.images import NotAnImageError, reencode
from chassis.parameters import Key
from chassis.principal import Caller, Principal, Staff
from chassis.problems import Problem
from contracts.intake import FileRef
from services.intake.api.answers import file_view, json_answer
from services.intake.api.form import read_files
from services.intake.api.parameters import CallersScope, FilesStore, SubmissionsStore
from services.intake.domain.access import Scope
from services.intake.domain.errors import SubmissionNotFoundError
from services.intake.domain.storage import FileStorage, SubmissionStorage
from services.intake.use_cases.come_back import find

router = APIRouter()

# A decoded image takes four bytes a pixel: 100 MB for three large monitors, 320 MB at the most.
_decoding = asyncio.Semaphore(2)
_CACHED = {"Cache-Control": "private, max-age=86400, immutable", "X-Content-Type-Options": "nosniff"}


@router.get("/files/{file_id}")
async def get_file(
    file_id: UUID, caller: Caller, scope: CallersScope, files: FilesStore, submissions: SubmissionsStore
) -> Response:
    ref = await _find_file(file_id, caller, scope, files, submissions)
    headers = {
        **_CACHED,
        "Content-Length": str(ref.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(ref.name, safe='')}",
    }
    return StreamingResponse(files.read(file_id), headers=headers, media_type=ref.content_type)


@router.get("/files/{file_id}/display")
async def get_display(
    file_id: UUID, caller: Caller, scope: CallersScope, files: FilesStore, submissions: SubmissionsStore
) -> Response:
    ref = await _find_file(file_id, caller, scope, files, submissions)
    if ref.kind != "screenshot":
        raise Problem(404, "This file is not shown; save it instead.")
    content_type, data = await files.display(file_id) or await _make_display(file_id, files)
    headers = {**_CACHED, "Content-Disposition": "inline"}
    return Response(data, headers=headers, media_type=content_type)


@router.post("/submissions/{submission_id}/files")
async def post_files(
    submission_id: UUID,
    request: Request,
    caller: Staff,
    scope: CallersScope,
    key: Key,
    files: FilesStore,
    submissions: SubmissionsStore,
) -> Response:
    """For an answer: until one shows them to the client, only colleagues see them."""
    await find(submissions, submission_id, scope)
    async with read_files(request, key) as sent:
        await files.add(submission_id, sent, now())
        return json_answer({"items": [file_view(file.ref) for file in sent]}, 201)


async def _find_file(
    file_id: UUID, caller: Principal, scope: Scope, files: FileStorage, submissions: SubmissionStorage
) -> FileRef:
    """Raises SubmissionNotFoundError, alike for «not there» and «not yours».

    What came by an answer is the client's as soon as an answer of theirs shows it.
    """
    kept = await files.find(file_id)
    if kept is None:
        raise SubmissionNotFoundError
    if kept.ref and not caller.is_staff:
        if not await submissions.shows(file_id, scope):
            raise SubmissionNotFoundError
        return kept.ref
    submission = await find(submissions, kept.submission_id, scope)
    return kept.ref or next(file for file in submission.files if file.id == file_id)


async def _make_display(file_id: UUID, files: FileStorage) -> tuple[str, bytes]:
    original = await files.read_whole(file_id)
    if original is None:
        raise SubmissionNotFoundError
    try:
        async with _decoding:
            content_type, data = await asyncio.to_thread(reencode, original)
    except NotAnImageError as error:
        raise Problem(422, "The image cannot be shown; save it instead.") from error
    await files.keep_display(file_id, content_type, data)
    return content_type, data
