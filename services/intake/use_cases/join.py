"""An employee whose colleague has reported the same joins instead of reporting it once more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.intake import Channel, Requester, SubmissionReplied
from contracts.intake_http import NewSubmission
from services.intake.domain.alike import alike, may_be_joined
from services.intake.domain.errors import OtherBodyError, SubmissionNotFoundError
from services.intake.domain.storage import SubmissionStorage
from services.intake.domain.submission import Submission, fingerprint

_OFFERED, _LOOKED_THROUGH = 3, 200


async def find_alike(
    submissions: SubmissionStorage, company: UUID, mine: UUID, title: str
) -> list[Submission]:
    """Among the company's newest."""
    newest = await submissions.newest_of(company, _LOOKED_THROUGH)
    return alike(title, mine, newest, _OFFERED)


async def join(
    submissions: SubmissionStorage,
    key: UUID,
    into: UUID,
    text: str,
    requester: Requester,
    channel: Channel,
    at: datetime,
) -> Submission:
    """A submission of their own that follows the colleague's ticket, and a word of theirs in its log.

    The same again is the same submission. Raises OtherBodyError when the key was used for something else,
    SubmissionNotFoundError for what is not there, over, or another company's.
    """
    print_of_it = fingerprint(NewSubmission(title=str(into), description=text), requester, [])
    if known := await _known(submissions, key):
        if known.fingerprint != print_of_it:
            raise OtherBodyError
        return known
    target = await submissions.get(into)
    if target.requester.company.id != requester.company.id or not may_be_joined(target):
        raise SubmissionNotFoundError
    joined = Submission(
        id=key,
        fingerprint=print_of_it,
        channel=channel,
        title=target.title,
        description=text,
        requester=requester,
        received_at=at,
        updated_at=at,
        progress=target.progress,
        joined=target.id,
        log=target.log,
    )
    word = SubmissionReplied(submission_id=target.id, reply_id=key, person=requester.person, text=text, at=at)
    if not await submissions.add(joined, [], word):
        return await join(submissions, key, into, text, requester, channel, at)
    return joined


async def _known(submissions: SubmissionStorage, key: UUID) -> Submission | None:
    try:
        return await submissions.get(key)
    except SubmissionNotFoundError:
        return None
