"""The routes of submissions."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Key, cursor_of
from chassis.principal import Caller
from contracts.intake import SubmissionReopened, SubmissionReplied
from contracts.intake_http import NewRating, NewReopening, NewReply, ReplyWithFiles
from services.intake.api.answers import json_answer, view_of
from services.intake.api.form import read_parts, read_words
from services.intake.api.parameters import (
    CallersScope,
    FilesStore,
    FromPosition,
    RequestersVisit,
    SubmissionsStore,
    requester_of,
)
from services.intake.domain.access import Scope
from services.intake.domain.storage import SubmissionStorage
from services.intake.domain.submission import Submission
from services.intake.use_cases import come_back
from services.intake.use_cases.submit import submit

router = APIRouter()

# A change stream may miss the change we wait for, so we look again after so long at the latest.
_LOOK_AGAIN_SECONDS = 1.0


@router.post("/submissions")
async def post_submission(
    request: Request, caller: Caller, key: Key, submissions: SubmissionsStore
) -> Response:
    async with read_parts(request, key) as (new, files):
        requester = requester_of(caller, new)
        submission = await submit(submissions, key, new, requester, files, now())
    return json_answer(view_of(submission), 202)


@router.get("/submissions")
async def list_submissions(
    scope: CallersScope,
    position: FromPosition,
    submissions: SubmissionsStore,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    page, more = await submissions.page(scope, position, limit)
    return json_answer({"items": [view_of(submission) for submission in page], "next": cursor_of(more)})


@router.get("/submissions/{submission_id}")
async def get_submission(
    submission_id: UUID,
    scope: CallersScope,
    submissions: SubmissionsStore,
    wait: Annotated[float, Query(ge=0, le=30)] = 0,
    version: Annotated[int, Query(ge=1, le=2**31)] = 1,
) -> Response:
    """With `wait`, answers as soon as the number is there, or after so many seconds without it.

    Who heard of the ticket's `version` elsewhere waits for that: events may overtake us.
    """
    submission = await come_back.find(submissions, submission_id, scope)
    if wait and not submission.has_followed(version):
        submission = await _until_followed(submissions, submission_id, scope, wait, version)
    return json_answer(view_of(submission))


async def _until_followed(
    submissions: SubmissionStorage, submission_id: UUID, scope: Scope, seconds: float, version: int
) -> Submission:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        left = deadline - loop.time()
        waiting = submissions.changed(submission_id, max(0.0, min(left, _LOOK_AGAIN_SECONDS)))
        changed = asyncio.ensure_future(waiting)
        submission = await come_back.find(submissions, submission_id, scope)
        if submission.has_followed(version) or left <= 0:
            changed.cancel()
            return submission
        await changed


@router.post("/submissions/{submission_id}/replies")
async def post_reply(
    request: Request, visit: RequestersVisit, submissions: SubmissionsStore, files: FilesStore
) -> Response:
    async with read_words(request, visit.key, NewReply, ReplyWithFiles) as (text, sent):
        replied = await come_back.say(submissions, files, visit, SubmissionReplied, text, sent)
    return json_answer(view_of(replied), 202)


@router.post("/submissions/{submission_id}/reopen")
async def post_reopening(
    request: Request, visit: RequestersVisit, submissions: SubmissionsStore, files: FilesStore
) -> Response:
    async with read_words(request, visit.key, NewReopening, NewReopening) as (text, sent):
        reopened = await come_back.say(submissions, files, visit, SubmissionReopened, text, sent)
    return json_answer(view_of(reopened), 202)


@router.post("/submissions/{submission_id}/rating")
async def post_rating(body: NewRating, visit: RequestersVisit, submissions: SubmissionsStore) -> Response:
    return json_answer(view_of(await come_back.rate(submissions, visit, body)), 202)
