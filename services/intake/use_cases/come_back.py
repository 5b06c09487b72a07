"""The requester comes back to a submission: replies, says it is not solved, rates it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.envelope import Event
from contracts.intake import SubmissionRated, SubmissionReopened, SubmissionReplied
from contracts.intake_http import LogItem, NewRating
from contracts.people import Author, PersonRef
from services.intake.domain.access import Scope
from services.intake.domain.errors import OtherBodyError, SubmissionNotFoundError
from services.intake.domain.storage import SubmissionStorage
from services.intake.domain.submission import Submission


async def find(submissions: SubmissionStorage, submission_id: UUID, scope: Scope) -> Submission:
    """Raises SubmissionNotFoundError, alike for «not there» and «not yours»."""
    submission = await submissions.get(submission_id)
    if not scope.holds(submission):
        raise SubmissionNotFoundError
    return submission


async def reply(
    submissions: SubmissionStorage,
    submission_id: UUID,
    scope: Scope,
    person: PersonRef,
    text: str,
    at: datetime,
    key: UUID,
) -> Submission:
    event = SubmissionReplied(submission_id=submission_id, reply_id=key, person=person, text=text, at=at)
    item = _item(key, at, person, "reply", text)
    return await _append(submissions, submission_id, scope, item, event)


async def reopen(
    submissions: SubmissionStorage,
    submission_id: UUID,
    scope: Scope,
    person: PersonRef,
    text: str,
    at: datetime,
    key: UUID,
) -> Submission:
    event = SubmissionReopened(submission_id=submission_id, reply_id=key, person=person, text=text, at=at)
    item = _item(key, at, person, "reopening", text)
    return await _append(submissions, submission_id, scope, item, event)


async def rate(
    submissions: SubmissionStorage,
    submission_id: UUID,
    scope: Scope,
    person: PersonRef,
    rating: NewRating,
    at: datetime,
    key: UUID,
) -> Submission:
    event = SubmissionRated(
        submission_id=submission_id,
        rating_id=key,
        person=person,
        score=rating.score,
        comment=rating.comment,
        at=at,
    )
    item = _item(key, at, person, "rating", f"{rating.score}/5 {rating.comment}".strip())
    return await _append(submissions, submission_id, scope, item, event, rating.score)


def _item(
    key: UUID, at: datetime, person: PersonRef, kind: Literal["reply", "reopening", "rating"], text: str
) -> LogItem:
    author = Author(kind="person", id=person.id, full_name=person.full_name)
    return LogItem(id=key, at=at, author=author, kind=kind, text=text)


async def _append(
    submissions: SubmissionStorage,
    submission_id: UUID,
    scope: Scope,
    item: LogItem,
    event: Event,
    rating: int | None = None,
) -> Submission:
    """Once for each key; raises OtherBodyError when the key was used for another word."""
    await find(submissions, submission_id, scope)
    added = await submissions.append(submission_id, item, event, rating)
    submission = await submissions.get(submission_id)
    kept = next((known for known in submission.log if known.id == item.id), None)
    if not added and (kept is None or (kept.kind, kept.text) != (item.kind, item.text)):
        raise OtherBodyError
    return submission
