"""«Коллеги уже сообщили»: an employee joins a colleague's request by one click."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.principal import Principal
from gateway.access.callers import device_session
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.upstream import Upstreams
from gateway.web.desk_calls import attempt
from gateway.web.error_page import error_page
from gateway.web.routing import pages_router

router = pages_router()


@router.post("/portal/join/{target}/{key}")
async def join_colleague(request: Request, target: UUID, key: UUID) -> Response:
    """What was typed so far goes along; the key in the address makes a repeat none."""
    device = await device_session(request)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    said = form.get("description", "").strip() or form.get("title", "").strip()
    try:
        joined: dict[str, Any] = await parts_of(request).upstreams.post_json(
            "intake",
            f"/submissions/{target}/join",
            device.principal,
            {"text": said, "channel": "portal"},
            headers={"Idempotency-Key": str(key)},
        )
    except UpstreamProblem as problem:
        return error_page(request, problem.status, typed=said)
    return RedirectResponse(f"/portal/submissions/{joined['id']}?sent=1", 303)


async def reported_by_colleagues(upstreams: Upstreams, who: Principal, title: str) -> list[dict[str, Any]]:
    """Nothing where intake does not answer: then one simply reports it."""
    query = {"q": title}
    found = await attempt(upstreams.get_json("intake", "/submissions/alike", who, query=query, deadline=2.0))
    return found["items"] if found else []
