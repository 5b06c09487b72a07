"""Credentials, licences' keys, and the audit of who saw them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from contracts.credentials import RevealKind
from contracts.credentials_http import (
    AuditPage,
    CredentialPage,
    CredentialPatch,
    CredentialView,
    NewCredential,
    Reveal,
    Revealed,
    RevealedKey,
    RevealReason,
    SeenSecrets,
)
from contracts.day import Moment
from gateway.access.callers import staff_session
from gateway.answers import passed_on
from gateway.api.bodies import body_of
from gateway.api.calls import Call, Handler
from gateway.api.passing import filled, for_staff
from gateway.api.queries import PageQuery, PeopleQuery
from gateway.reveal import ask_to_reveal


class CredentialsQuery(PeopleQuery):
    """`equipment`: what opens it; `person`: theirs, and what opens the equipment they use."""

    equipment: UUID | None = None
    person: UUID | None = None


class AuditQuery(PageQuery):
    """`thing`: a credential or licence; `from` is within the period, `to` behind it."""

    staff: UUID | None = None
    company: UUID | None = None
    thing: UUID | None = None
    ticket: Annotated[int | None, Field(ge=1, le=2**53)] = None
    kind: RevealKind | None = None
    from_: Annotated[Moment | None, Field(alias="from")] = None
    to: Moment | None = None


class SeenQuery(BaseModel):
    """Who is leaving."""

    staff: UUID


def _revealing(path: str, model: type[RevealReason]) -> Handler:
    async def reveal(request: Request) -> Response:
        staff = await staff_session(request)
        asked = await body_of(request, model)
        body = asked.model_dump(mode="json", exclude_none=True)
        response = passed_on(await ask_to_reveal(request, staff, filled(path, request), body))
        response.headers["Cache-Control"] = "no-store"
        return response

    return reveal


CALLS = (
    Call(
        "GET", "/credentials", for_staff("clients", "/credentials"), "Credentials, without what is secret",
        "staff", "credentials", query=CredentialsQuery, answer=CredentialPage,
    ),
    Call(
        "POST", "/credentials", for_staff("clients", "/credentials"), "Add a credential",
        "staff", "credentials",
        status=201, body=NewCredential, answer=CredentialView, headers=("Idempotency-Key",), also=(409,),
        etag=True,
    ),
    Call(
        "GET", "/credentials/{id:id}", for_staff("clients", "/credentials/{id}"),
        "One credential, without what is secret", "staff", "credentials",
        answer=CredentialView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/credentials/{id:id}", for_staff("clients", "/credentials/{id}"),
        "Change a credential", "staff", "credentials",
        body=CredentialPatch, answer=CredentialView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", "/credentials/{id:id}", for_staff("clients", "/credentials/{id}"),
        "Archive a credential", "staff", "credentials",
        status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
    Call(
        "POST", "/credentials/{id:id}/reveal", _revealing("/credentials/{id}/reveal", Reveal),
        "See what a credential is, for a ticket or a reason; it goes into the audit", "staff", "reveal",
        body=Reveal, answer=Revealed, also=(404,),
    ),
    Call(
        "POST", "/licences/{id:id}/reveal", _revealing("/licences/{id}/reveal", RevealReason),
        "See a licence's key, for a ticket or a reason; it goes into the audit", "staff", "reveal",
        body=RevealReason, answer=RevealedKey, also=(404,),
    ),
    Call(
        "GET", "/audit", for_staff("clients", "/audit"), "Who saw which secret, the newest first",
        "staff", "audit", query=AuditQuery, answer=AuditPage,
    ),
    Call(
        "GET", "/audit/seen", for_staff("clients", "/audit/seen"),
        "What a member of the staff has seen, and what of it was changed since", "staff", "audit",
        query=SeenQuery, answer=SeenSecrets,
    ),
)  # fmt: skip
