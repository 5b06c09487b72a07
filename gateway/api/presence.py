"""Who has a ticket open just now: told by each tab, asked by anybody, live on `/events`."""

from __future__ import annotations

from uuid import UUID
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response

from contracts.presence_http import PresenceBody, PresenceList
from gateway.access.callers import staff_session
from gateway.access.memory import Memory
from gateway.access.viewers import StaffSession
from gateway.answers import UpstreamProblem
from gateway.api.bodies import answer, body_of, done
from gateway.api.calls import Call
from gateway.live.presence import Seen
from gateway.parts import Parts, parts_of
from gateway.upstream import Upstreams

# A ticket stays with its company.
_KEPT_SECONDS = 600.0
_companies: WeakKeyDictionary[Upstreams, Memory[UUID]] = WeakKeyDictionary()


async def post_presence(request: Request) -> Response:
    """The same answer for a ticket that is not there, or not the caller's: nobody is told of it."""
    staff = await staff_session(request)
    said = await body_of(request, PresenceBody)
    company = await _company_of(parts_of(request), staff, said.number) if said.number else None
    parts_of(request).live.see(
        Seen(
            tab=said.tab,
            staff_id=staff.staff_id,
            full_name=staff.full_name,
            number=said.number if company else None,
            company_id=company,
            typing=said.typing,
        )
    )
    return done()


async def get_presence(request: Request) -> Response:
    staff = await staff_session(request)
    return answer(PresenceList(items=parts_of(request).live.presence(staff.principal)))


async def _company_of(parts: Parts, staff: StaffSession, number: int) -> UUID | None:
    """None when the caller may not see it, or nobody knows just now."""
    memory = _companies.setdefault(parts.upstreams, Memory(seconds=_KEPT_SECONDS))
    company = memory.get(str(number))
    if company is None:
        try:
            found = await parts.upstreams.get_json(
                "tickets", "/tickets", staff.principal, query={"q": str(number), "limit": 1}, deadline=2.0
            )
        except UpstreamProblem:
            return None
        if not found["items"] or found["items"][0]["number"] != number:
            return None
        company = UUID(found["items"][0]["company"]["id"])
        memory.keep(str(number), company)
    return company if staff.principal.may_see_company(company) else None


CALLS = (
    Call(
        "POST", "/presence", post_presence,
        "A tab says which ticket it shows, and whether somebody writes in it", "staff", "presence",
        status=204, body=PresenceBody,
    ),
    Call(
        "GET", "/presence", get_presence, "Who has which ticket open just now", "staff", "presence",
        answer=PresenceList,
    ),
)  # fmt: skip
