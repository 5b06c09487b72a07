"""The requester comes back to a submission: replies, says it is not solved, rates it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from contracts.envelope import Event
from contracts.intake import SubmissionRated, SubmissionReopened, SubmissionReplied
from contracts.intake_http import LogItem, NewRating
from contracts.people import Author, PersonRef
from services.intake.domain.access import Scope
from services.intake.domain.errors import NotTheRequesterError, OtherBodyError, SubmissionNotFoundError
from services.intake.domain.files import StoredFile
from services.intake.domain.storage import FileStorage, SubmissionStorage
from services.intake.domain.submission import Submission

Said = type[SubmissionReplied | SubmissionReopened]
_Kind = Literal["reply", "reopening", "rating"]
_KINDS: dict[Said, _Kind] = {SubmissionReplied: "reply", SubmissionReopened: "reopening"}


class Visit(NamedTuple):
    """Who comes back to what, and when; `key` makes a word count once."""

    submission_id: UUID
    scope: Scope
    person: PersonRef
    at: datetime
    key: UUID


async def find(submissions: SubmissionStorage, submission_id: UUID, scope: Scope) -> Submission:
    """Raises SubmissionNotFoundError, alike for «not there» and «not yours»."""
    submission = await submissions.get(submission_id)
    if not scope.holds(submission):
        raise SubmissionNotFoundError
    return submission


async def say(
    submissions: SubmissionStorage,
    kept_files: FileStorage,
    visit: Visit,
    said: Said,
    text: str,
    files: Sequence[StoredFile] = (),
) -> Submission:
    """The files are kept first: cut off in between, they are shown to nobody until it is said again."""
    submission = await find(submissions, visit.submission_id, visit.scope)
    _check_requester(submission, visit)
    if files:
        submission.check_room(text)
        await kept_files.add(visit.submission_id, files, visit.at)
    item = _item(visit, _KINDS[said], text, files)
    event = said(
        submission_id=submission.followed,
        reply_id=visit.key,
        person=visit.person,
        text=item.text,
        files=item.files,
        at=visit.at,
    )
    return await _append(submissions, visit, item, event)


async def rate(submissions: SubmissionStorage, visit: Visit, rating: NewRating) -> Submission:
    followed = (await find(submissions, visit.submission_id, visit.scope)).followed
    event = SubmissionRated(
        submission_id=followed,
        rating_id=visit.key,
        person=visit.person,
        score=rating.score,
        comment=rating.comment,
        at=visit.at,
    )
    item = _item(visit, "rating", f"{rating.score}/5 {rating.comment}".strip())
    return await _append(submissions, visit, item, event, rating.score)


def _item(visit: Visit, kind: _Kind, text: str, files: Sequence[StoredFile] = ()) -> LogItem:
    author = Author(kind="person", id=visit.person.id, full_name=visit.person.full_name)
    refs = tuple(file.ref for file in files)
    return LogItem(id=visit.key, at=visit.at, author=author, kind=kind, text=text, files=refs)


async def _append(
    submissions: SubmissionStorage, visit: Visit, item: LogItem, event: Event, rating: int | None = None
) -> Submission:
    """Once for each key. Raises OtherBodyError when the key was used for another word, LogFullError,
    NotTheRequesterError for a manager who sees it but did not submit it, SubmissionNotFoundError.
    """
    submission = await find(submissions, visit.submission_id, visit.scope)
    _check_requester(submission, visit)
    if submission.word(item.id) is None:
        submission.check_room(item.text)
    added = await submissions.append(visit.submission_id, item, event, rating)
    submission = await submissions.get(visit.submission_id)
    kept = submission.word(item.id)
    if not added and (kept is None or _said(kept) != _said(item)):
        raise OtherBodyError
    return submission


def _said(item: LogItem) -> tuple[object, ...]:
    return item.kind, item.text, item.files


def _check_requester(submission: Submission, visit: Visit) -> None:
    if submission.requester.person.id != visit.person.id:
        raise NotTheRequesterError
