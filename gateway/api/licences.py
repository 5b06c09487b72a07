"""Licences: who and what uses them, and until when."""

from __future__ import annotations

from uuid import UUID

from contracts.licences_http import LicencePage, LicencePatch, LicenceView, NewLicence
from gateway.api.calls import Call
from gateway.api.passing import for_staff
from gateway.api.queries import PeopleQuery


class LicencesQuery(PeopleQuery):
    """`person`, `equipment`: those that they use."""

    person: UUID | None = None
    equipment: UUID | None = None


CALLS = (
    Call(
        "GET", "/licences", for_staff("clients", "/licences"), "List licences", "staff", "licences",
        query=LicencesQuery, answer=LicencePage,
    ),
    Call(
        "POST", "/licences", for_staff("clients", "/licences"), "Add a licence", "staff", "licences",
        status=201, body=NewLicence, answer=LicenceView, headers=("Idempotency-Key",), also=(409,), etag=True,
    ),
    Call(
        "GET", "/licences/{id:id}", for_staff("clients", "/licences/{id}"),
        "One licence", "staff", "licences", answer=LicenceView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/licences/{id:id}", for_staff("clients", "/licences/{id}"),
        "Change a licence", "staff", "licences",
        body=LicencePatch, answer=LicenceView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", "/licences/{id:id}", for_staff("clients", "/licences/{id}"),
        "Archive a licence", "staff", "licences", status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
)  # fmt: skip
