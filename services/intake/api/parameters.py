"""The query and headers of a request, typed and bounded; and what the caller may see."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Query, Request

from chassis.clock import new_id
from chassis.principal import Caller, Principal
from chassis.problems import Problem
from contracts.intake import Requester
from contracts.intake_http import NewSubmission
from contracts.people import CompanyRef, PersonRef, StaffRef
from services.intake.domain.access import Scope
from services.intake.store import Files, Submissions

Position = tuple[datetime, UUID]


def _submissions(request: Request) -> Submissions:
    return request.app.state.submissions  # type: ignore[no-any-return]


def _files(request: Request) -> Files:
    return request.app.state.files  # type: ignore[no-any-return]


def scope_of(caller: Caller) -> Scope:
    """An unconfirmed device sees only what it sent itself: its person may be somebody else."""
    if caller.is_staff:
        return Scope(companies=caller.companies)
    if caller.kind != "device" or not caller.company_id:
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
            person=new.on_behalf_of.person, company=new.on_behalf_of.company, registered_by=staff
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


def person_of(caller: Caller) -> PersonRef:
    if caller.kind != "device" or not caller.person_id:
        raise Problem(403, "Only the requester may do this.")
    return PersonRef(id=caller.person_id, full_name=caller.full_name)


def key_of(idempotency_key: Annotated[UUID | None, Header()] = None) -> UUID:
    """The caller's Idempotency-Key, or one that was never used."""
    return idempotency_key or new_id()


def cursor_of(position: Position | None) -> str | None:
    """Opaque to the caller; it says only where to go on, so a forged one shows nothing that is not theirs."""
    if position is None:
        return None
    at, last = position
    return base64.urlsafe_b64encode(f"{at.timestamp():.3f} {last}".encode()).decode()


def position_of(cursor: Annotated[str | None, Query(max_length=200)] = None) -> Position | None:
    if not cursor:
        return None
    try:
        at, last = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        return datetime.fromtimestamp(float(at), UTC), UUID(last)
    except (binascii.Error, ValueError, OverflowError, OSError) as error:
        raise Problem(422, errors=[("cursor", "not a cursor of ours")]) from error


SubmissionsStore = Annotated[Submissions, Depends(_submissions)]
FilesStore = Annotated[Files, Depends(_files)]
CallersScope = Annotated[Scope, Depends(scope_of)]
RequesterPerson = Annotated[PersonRef, Depends(person_of)]
Key = Annotated[UUID, Depends(key_of)]
FromPosition = Annotated[Position | None, Depends(position_of)]
