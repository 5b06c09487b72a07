"""What the specialist's pages ask of the services: in parallel, each under its own deadline."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, TypeVar

import structlog

from chassis.principal import Principal
from gateway.answers import UpstreamProblem
from gateway.upstream import Upstreams
from gateway.web.filters import Filters

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")
# A part that takes longer than this is shown as missing; the page does not wait for it.
PART_SECONDS = 2.0


async def attempt(call: Awaitable[_T]) -> _T | None:
    """The answer, or None when this part has to be shown as «could not be loaded»."""
    try:
        return await call
    except UpstreamProblem as problem:
        _log.info("a part of the page is missing", status=problem.status, detail=problem.detail)
        return None


async def list_of(upstreams: Upstreams, staff: Principal, filters: Filters) -> dict[str, Any] | None:
    return await attempt(
        upstreams.get_json(
            "tickets", "/tickets", staff, query=filters.asked(str(staff.id)), deadline=PART_SECONDS
        )
    )


async def clock_of(upstreams: Upstreams, staff: Principal, number: int) -> dict[str, Any] | None:
    return await attempt(
        upstreams.get_json("tickets", f"/tickets/{number}/sla", staff, deadline=PART_SECONDS)
    )


async def guessed_of(upstreams: Upstreams, staff: Principal, ticket: dict[str, Any]) -> dict[str, Any] | None:
    """The likeliest category of a ticket that has none; it is not waited for long."""
    if ticket.get("category"):
        return None
    path = f"/tickets/{ticket['number']}/categories"
    found = await attempt(upstreams.get_json("tickets", path, staff, deadline=PART_SECONDS))
    return found["items"][0] if found and found["items"] else None


async def context_of(upstreams: Upstreams, staff: Principal, ticket: dict[str, Any]) -> dict[str, Any] | None:
    """What clients knows around a ticket (contracts.context_http), its parts null where they are missing."""
    query = {"person": ticket["person"]["id"]}
    if ticket.get("equipment"):
        query["equipment"] = ticket["equipment"]["id"]
    path = f"/companies/{ticket['company']['id']}/context"
    return await attempt(upstreams.get_json("clients", path, staff, query=query, deadline=PART_SECONDS))
