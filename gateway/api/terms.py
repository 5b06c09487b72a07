"""What comes to its end: licences, contracts and warranties of all clients in one list."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.terms import TermKind
from contracts.terms_http import TermPage
from gateway.api.calls import Call
from gateway.api.passing import for_staff
from gateway.api.queries import PageQuery

Days = Annotated[int, Field(ge=0, le=3650)]


class TermsQuery(PageQuery):
    """What ends `within` so many days, or `ended` at most so many days ago."""

    within: Days = 30
    ended: Days = 30
    company: UUID | None = None
    kind: TermKind | None = None


CALLS = (
    Call(
        "GET", "/terms", for_staff("clients", "/terms"), "What comes to its end, the soonest first",
        "staff", "terms", query=TermsQuery, answer=TermPage,
    ),
)  # fmt: skip
