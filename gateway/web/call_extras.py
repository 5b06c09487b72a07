"""What a specialist does with a call beside registering it: takes it, sorts it, logs minutes, joins it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from fastapi import Request

from gateway.access.viewers import StaffSession
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.desk_calls import attempt

_LONGEST = 20_000


def change_of(form: dict[str, str], me: str) -> dict[str, Any]:
    change: dict[str, Any] = {"assignee": me} if form.get("mine") else {}
    if category := form.get("category", "").strip():
        change["category"] = category
    return change


def minutes_of(form: dict[str, str]) -> int:
    """What is no number of minutes was not worked."""
    minutes = form.get("minutes", "")
    return int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 5 else 0


def wants_more(form: dict[str, str]) -> bool:
    return bool(form.get("mine") or form.get("category", "").strip() or minutes_of(form))


async def add_to(request: Request, session: StaffSession, number: int, form: dict[str, str]) -> bool:
    """On the ticket that was just registered; False when not all of it was taken.

    Under keys made of the form's own, so that sending the form again counts nothing twice.
    """
    upstreams, key = parts_of(request).upstreams, UUID(form["key"])
    is_done = True
    try:
        if change := change_of(form, str(session.staff_id)):
            body = {"numbers": [number], "change": change}
            answer = await upstreams.post_json(
                "tickets", "/tickets/bulk", session.principal, body,
                headers={"Idempotency-Key": str(uuid5(key, "change"))},
            )  # fmt: skip
            is_done = bool(answer["changed"])
        if minutes := minutes_of(form):
            await _log(request, session, number, {"minutes": minutes}, uuid5(key, "minutes"))
    except UpstreamProblem:
        return False
    return is_done


async def join(request: Request, session: StaffSession, number: int, form: dict[str, str], said: str) -> None:
    """Somebody else has the same: it is noted on the ticket there is. Raises UpstreamProblem."""
    entry: dict[str, Any] = {"text": said[:_LONGEST], "public": False}
    if minutes := minutes_of(form):
        entry["minutes"] = minutes
    await _log(request, session, number, entry, uuid5(UUID(form["key"]), f"join {number}"))


async def _log(
    request: Request, session: StaffSession, number: int, entry: dict[str, Any], key: UUID
) -> None:
    await parts_of(request).upstreams.post_json(
        "tickets", f"/tickets/{number}/entries", session.principal, entry,
        headers={"Idempotency-Key": str(key)},
    )  # fmt: skip


async def alike_of(request: Request, session: StaffSession, person: str, typed: str) -> list[dict[str, Any]]:
    """Open tickets of the person's company that look like what is typed; none where nobody answers."""
    upstreams = parts_of(request).upstreams
    try:
        chosen = UUID(person)
    except ValueError:
        return []
    who = await attempt(upstreams.get_json("clients", f"/people/{chosen}", session.principal, deadline=1.0))
    if who is None:
        return []
    query = {"company": who["company"]["id"], "person": str(chosen), "q": typed}
    found = await attempt(
        upstreams.get_json("tickets", "/alike", session.principal, query=query, deadline=1.0)
    )
    return found["items"] if found else []
