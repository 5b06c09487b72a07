"""The routes for who has the same trouble as a colleague."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Key
from chassis.principal import Caller, Principal
from chassis.problems import Problem
from contracts.intake import Requester
from contracts.intake_http import Joining
from contracts.people import CompanyRef, PersonRef
from contracts.text import clean_line
from services.intake.api.answers import json_answer, view_of
from services.intake.api.parameters import SubmissionsStore
from services.intake.domain.errors import SubmissionNotFoundError
from services.intake.use_cases.join import find_alike, join

router = APIRouter()


@router.get("/submissions/alike")
async def list_alike(
    caller: Caller, submissions: SubmissionsStore, q: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Open ones of colleagues; nothing for a device of which nobody has made sure whose it is."""
    requester = _requester(caller)
    if not caller.confirmed:
        return json_answer({"items": []})
    found = await find_alike(submissions, requester.company.id, requester.person.id, clean_line(q))
    return json_answer(
        {
            "items": [
                {
                    "id": one.id,
                    "number": one.progress and one.progress.number,
                    "title": one.title,
                    "status": one.status,
                    "received_at": one.received_at,
                }
                for one in found
            ]
        }
    )


@router.post("/submissions/{submission_id}/join")
async def post_joining(
    submission_id: UUID, body: Joining, caller: Caller, key: Key, submissions: SubmissionsStore
) -> Response:
    requester = _requester(caller)
    if not caller.confirmed:
        raise SubmissionNotFoundError
    joined = await join(submissions, key, submission_id, body.text, requester, body.channel, now())
    return json_answer(view_of(joined), 202)


def _requester(caller: Principal) -> Requester:
    if caller.kind != "device" or not (caller.person_id and caller.company_id):
        raise Problem(403, "Only a client's employees join each other.")
    return Requester(
        person=PersonRef(id=caller.person_id, full_name=caller.full_name),
        company=CompanyRef(id=caller.company_id, name=caller.company_name),
        device_id=caller.id,
    )
