"""A secret is asked for: whose ticket it is for is found out and signed, and from where it is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from starlette.requests import Request

from chassis.principal import Principal
from chassis.problems import Problem
from gateway.access.callers import address_of
from gateway.access.viewers import StaffSession
from gateway.answers import Answer, UpstreamProblem
from gateway.parts import parts_of

_LONGEST_PROGRAM = 200


async def ask_to_reveal(request: Request, staff: StaffSession, path: str, body: dict[str, Any]) -> Answer:
    """`path` is of clients. Raises UpstreamProblem, Problem 422 for a ticket that is not the caller's."""
    who = staff.principal.model_copy(
        update={
            "address": address_of(request),
            "program": request.headers.get("user-agent", "")[:_LONGEST_PROGRAM],
        }
    )
    if number := body.get("ticket"):
        who = who.model_copy(
            update={"ticket": number, "ticket_company": await _company_of(request, staff.principal, number)}
        )
    return await parts_of(request).upstreams.call("clients", "POST", path, who, body=body)


async def _company_of(request: Request, staff: Principal, number: int) -> UUID:
    try:
        ticket = await parts_of(request).upstreams.get_json("tickets", f"/tickets/{number}", staff)
    except UpstreamProblem as problem:
        if problem.status not in (404, 422):
            raise
        raise Problem(422, errors=[("ticket", "there is no such ticket")]) from problem
    return UUID(ticket["company"]["id"])
