"""The query and headers of a request, typed and bounded; and what the caller may see."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request

from chassis.clock import now
from chassis.parameters import LONGEST_CURSOR, Key, position_in
from chassis.principal import Caller, Principal
from chassis.problems import Problem
from contracts.intake import Requester
from contracts.intake_http import NewSubmission
from contracts.people import CompanyRef, PersonRef, StaffRef
from services.intake.domain.access import Position, Scope
from services.intake.domain.storage import FileStorage, SubmissionStorage
from services.intake.use_cases.come_back import Visit


async def _submissions(request: Request) -> SubmissionStorage:
    return request.app.state.submissions  # type: ignore[no-any-return]


async def _files(request: Request) -> FileStorage:
    return request.app.state.files  # type: ignore[no-any-return]


async def scope_of(caller: Caller) -> Scope:
    """An unconfirmed device sees only what it sent itself: its person may be somebody else."""
    if caller.is_staff:
        return Scope(companies=caller.companies)
    if caller.kind != "device" or not (caller.company_id and caller.person_id):
        raise Problem(403, "Only staff and a client's devices have submissions.")
    if not caller.confirmed:
        return Scope(device=caller.id)
    if caller.is_manager:
        return Scope(companies=(caller.company_id,))
    return Scope(person=caller.person_id)


def requester_of(caller: Principal, new: NewSubmission) -> Requester:
    """A device submits for its own person; staff on behalf of somebody of a company they may see."""
    if caller.is_staff:
        if new.on_behalf_of is None or not caller.may_see_company(new.on_behalf_of.company.id):
            raise Problem(422, errors=[("on_behalf_of", "say who called, and from which of your companies")])
        staff = StaffRef(id=caller.id, full_name=caller.full_name)
        return Requester(
            person=new.on_behalf_of.person,
            company=new.on_behalf_of.company,
            registered_by=staff,
            split_from=new.on_behalf_of.split_from,
        )
    if new.on_behalf_of:
        raise Problem(422, errors=[("on_behalf_of", "only staff submit for somebody else")])
    if not (caller.person_id and caller.company_id):
        raise Problem(403, "Only staff and a client's devices submit.")
    return Requester(
        person=PersonRef(id=caller.person_id, full_name=caller.full_name),
        company=CompanyRef(id=caller.company_id, name=caller.company_name),
        device_id=caller.id,
    )


async def visit_of(submission_id: UUID, caller: Caller, key: Key) -> Visit:
    if caller.kind != "device" or not caller.person_id:
        raise Problem(403, "Only the requester may do this.")
    person = PersonRef(id=caller.person_id, full_name=caller.full_name)
    return Visit(submission_id, await scope_of(caller), person, now(), key)


async def position_of(cursor: Annotated[str, Query(max_length=LONGEST_CURSOR)] = "") -> Position | None:
    return position_in(cursor, Position)


SubmissionsStore = Annotated[SubmissionStorage, Depends(_submissions)]
FilesStore = Annotated[FileStorage, Depends(_files)]
CallersScope = Annotated[Scope, Depends(scope_of)]
RequestersVisit = Annotated[Visit, Depends(visit_of)]
FromPosition = Annotated[Position | None, Depends(position_of)]
