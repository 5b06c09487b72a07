"""Somebody submits a problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from contracts.intake import Requester
from contracts.intake_http import NewSubmission
from services.intake.domain.errors import OtherBodyError, SubmissionNotFoundError
from services.intake.domain.files import StoredFile
from services.intake.domain.storage import SubmissionStorage
from services.intake.domain.submission import Submission, fingerprint


async def submit(
    submissions: SubmissionStorage,
    submission_id: UUID,
    new: NewSubmission,
    requester: Requester,
    files: Sequence[StoredFile],
    at: datetime,
) -> Submission:
    """Keep it before anybody is told yes; the same again is the same submission.

    Raises OtherBodyError when the id was used for something else, or by somebody else.
    """
    print_of_it = fingerprint(new, requester, [file.digest for file in files])
    submission = Submission(
        id=submission_id,
        fingerprint=print_of_it,
        channel=new.channel or "api",
        title=new.title,
        description=new.description,
        diagnostics=new.diagnostics,
        requester=requester,
        files=[file.ref for file in files],
        received_at=at,
        updated_at=at,
    )
    if await submissions.add(submission, files, submission.received()):
        return submission
    return await _the_same(submissions, submission_id, print_of_it)


async def _the_same(submissions: SubmissionStorage, submission_id: UUID, print_of_it: str) -> Submission:
    try:
        kept = await submissions.get(submission_id)
    except SubmissionNotFoundError as error:
        raise OtherBodyError from error
    if kept.fingerprint != print_of_it:
        raise OtherBodyError
    return kept
