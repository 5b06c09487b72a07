"""Somebody entered twice: which one they really are is chosen, and everything of theirs follows."""

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
from gateway.web.routing import READING, pages_router

_OFFERED = "50"
_ADDRESS = "/clients/{company_id}/people/{person_id}/merge"
router = pages_router()


@router.api_route(_ADDRESS, methods=READING)
async def show_choice(request: Request, company_id: UUID, person_id: UUID) -> Response:
    return await _choice(await reading(request), company_id, person_id)


@router.post(_ADDRESS)
async def merge(request: Request, company_id: UUID, person_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    headers = {"If-Match": f'"{version_in(form)}"'}
    try:
        into = str(UUID(form.get("into", "")))
        await reader.call("POST", f"/people/{person_id}/merge", {"into": into}, headers)
    except ValueError:
        return await _choice(reader, company_id, person_id, 422)
    except UpstreamProblem as problem:
        return await _choice(reader, company_id, person_id, problem.status)
    return RedirectResponse(f"/clients/{company_id}/people#person-{into}", 303)


async def _choice(reader: Reader, company_id: UUID, person_id: UUID, status: int = 200) -> Response:
    """Those called alike are offered first; another one is looked for by name, phone or e-mail."""
    wanted = reader.asked("q")
    person = await reader.get(f"/people/{person_id}")
    if person["company_id"] != str(company_id):
        raise Problem(404)
    query = {"company": str(company_id), "limit": _OFFERED}
    found = await _others(reader, query, wanted, person)
    return await card(
        reader,
        company_id,
        "/people",
        "merge",
        status=status,
        person=person,
        others=found,
        wanted=wanted,
        problem=reader.say(_why(status)) if status >= 400 else "",
    )


async def _others(
    reader: Reader, query: dict[str, str], wanted: str, person: dict[str, Any]
) -> list[dict[str, Any]] | None:
    alike = wanted or person["full_name"].partition(" ")[0]
    first, rest = await asyncio.gather(
        reader.part("/people", {**query, "q": alike}),
        _nothing() if wanted else reader.part("/people", query),
    )
    if first is None:
        return None
    found = {one["id"]: one for one in [*first["items"], *(rest or {"items": []})["items"]]}
    return [one for key, one in found.items() if key != person["id"]]


async def _nothing() -> None:
    return None


def _why(status: int) -> str:
    if status == 409:
        return _("Somebody changed this person meanwhile. Look once more, then decide again.")
    if status >= 500:
        return _("This does not answer just now. Try again in a few seconds.")
    return _("These two cannot be merged: choose somebody else of this company.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
