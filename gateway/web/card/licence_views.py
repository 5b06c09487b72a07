"""One licence: who and what uses it."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.problems import Problem
from gateway.answers import UpstreamProblem
from gateway.web.card.page import card
from gateway.web.card.reader import Reader, form_of, reading, version_in, writing
from gateway.web.card.revealing import refusal, reveal_key
from gateway.web.routing import READING, pages_router

_USERS = ("people", "equipment")
_MOST = "200"
_ADDRESS = "/clients/{company_id}/licences/{licence_id}"
router = pages_router()


@router.api_route(_ADDRESS, methods=READING)
async def show_licence(request: Request, company_id: UUID, licence_id: UUID) -> Response:
    return await _shown(await reading(request), company_id, licence_id)


@router.post(_ADDRESS + "/users")
async def change_users(request: Request, company_id: UUID, licence_id: UUID) -> Response:
    """One is added or taken away; the others stay whoever they were when the page was read."""
    reader = await writing(request)
    form = await form_of(request)
    whose, user = form.get("whose", ""), form.get("user", "")
    if whose not in _USERS:
        raise Problem(404)
    licence = await reader.get(f"/licences/{licence_id}")
    users = [one["id"] for one in licence[whose]]
    wanted = [one for one in users if one != user] if form.get("without") else [*users, user]
    try:
        await reader.change(f"/licences/{licence_id}", {whose: wanted}, version_in(form))
    except UpstreamProblem as problem:
        return await _shown(reader, company_id, licence_id, problem.status)
    return RedirectResponse(f"/clients/{company_id}/licences/{licence_id}", 303)


@router.post(_ADDRESS + "/key")
async def show_key(request: Request, company_id: UUID, licence_id: UUID) -> Response:
    """The key stands in this answer alone; the page that is asked for anew is without it."""
    reader = await writing(request)
    form = await form_of(request)
    try:
        key = await reveal_key(reader, str(licence_id), form)
    except Problem as problem:
        return await _shown(reader, company_id, licence_id, problem.status, why=refusal(problem))
    return await _shown(reader, company_id, licence_id, key=key)


@router.post(_ADDRESS + "/new-key")
async def change_key(request: Request, company_id: UUID, licence_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    try:
        key = {"key": form.get("licence_key", "").strip()}
        await reader.change(f"/licences/{licence_id}", key, version_in(form))
    except UpstreamProblem as problem:
        return await _shown(reader, company_id, licence_id, problem.status)
    return RedirectResponse(f"/clients/{company_id}/licences/{licence_id}", 303)


@router.api_route(_ADDRESS + "/key", methods=READING)
@router.api_route(_ADDRESS + "/new-key", methods=READING)
@router.api_route(_ADDRESS + "/users", methods=READING)
async def begin_again(request: Request, company_id: UUID, licence_id: UUID) -> Response:
    """Where a choice of language or appearance comes back to."""
    return RedirectResponse(f"/clients/{company_id}/licences/{licence_id}", 303)


async def _shown(
    reader: Reader, company_id: UUID, licence_id: UUID, status: int = 200, *, key: str = "", why: str = ""
) -> Response:
    whose = {"company": str(company_id), "limit": _MOST}
    licence, people, equipment = await asyncio.gather(
        reader.get(f"/licences/{licence_id}"),
        reader.part("/people", whose),
        reader.part("/equipment", whose),
    )
    if licence["company_id"] != str(company_id):
        raise Problem(404)
    users = {
        "people": (_("People"), licence["people"], _others(people, licence["people"], "full_name")),
        "equipment": (_("Equipment"), licence["equipment"], _others(equipment, licence["equipment"], "name")),
    }
    return await card(
        reader,
        company_id,
        "/licences",
        "licence",
        status=status,
        licence=licence,
        users=users,
        licence_key=key,
        problem=reader.say(why or _why(status)) if status >= 400 else "",
    )


def _others(found: dict[str, Any] | None, users: list[dict[str, Any]], name: str) -> dict[str, str] | None:
    """Who may be added, by id; None when that could not be found out."""
    if found is None:
        return None
    taken = {one["id"] for one in users}
    return {one["id"]: one[name] for one in found["items"] if one["id"] not in taken}


def _why(status: int) -> str:
    if status == 409:
        return _("Somebody changed this licence meanwhile. It is shown as it is now.")
    if status == 422:
        return _("There are not so many seats.")
    return _("This does not answer just now. Try again in a few seconds.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
