"""The list of clients, and a new one."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from gateway.answers import UpstreamProblem
from gateway.upstream import Service
from gateway.web.card.reader import Reader, form_of, key_in, reading, writing
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page, part, wants_part

_ROWS, _FEW = "50", "12"
_SHOWN = ("q", "archived", "cursor")
_TYPED = ("name", "short_name", "tax_id")
router = pages_router()


@router.api_route("/clients", methods=READING)
async def list_clients(request: Request) -> Response:
    return await _list(await reading(request))


@router.post("/clients")
async def add_client(request: Request) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    typed = {name: form.get(name, "").strip() for name in _TYPED}
    try:
        made = await reader.make("/companies", typed, key_in(form))
    except UpstreamProblem as problem:
        return await _list(reader, typed, problem.status)
    return RedirectResponse(f"/clients/{made['id']}", 303)


async def _list(reader: Reader, typed: dict[str, str] | None = None, status: int = 200) -> Response:
    asked = {name: reader.asked(name) for name in _SHOWN}
    asked["archived"] = "true" if asked["archived"] == "true" else ""
    query = {name: value for name, value in asked.items() if value} | {"limit": _ROWS}
    found, elsewhere, names = await asyncio.gather(
        reader.part("/companies", query), _elsewhere(reader, asked), reader.names()
    )
    companies = found["items"] if found else []
    contracts, open_tickets = await asyncio.gather(_contracts(reader, companies), _open(reader, companies))
    shown: dict[str, Any] = {"asked": asked, "found": found, "contracts": contracts, "names": names}
    shown |= {"elsewhere": elsewhere, "open_tickets": open_tickets}
    if wants_part(reader.request):
        return part(render("clients/found.html", reader.viewer.lang, viewer=reader.viewer, **shown))
    return page(
        "clients/list.html",
        reader.viewer,
        status,
        section="clients",
        view="clients",
        may_add=reader.may_register and reader.is_everywhere,
        typed=typed or dict.fromkeys(_TYPED, ""),
        key=str(new_id()),
        problem=reader.say(_why(status)) if typed is not None else "",
        **shown,
    )


async def _elsewhere(reader: Reader, asked: dict[str, str]) -> dict[str, Any] | None:
    """People and equipment of all clients that fit what is looked for."""
    if not asked["q"] or asked["archived"] or asked["cursor"]:
        return None
    found: dict[str, Any] | None = await reader.part("/search", {"q": asked["q"], "limit": _FEW})
    return found


async def _contracts(reader: Reader, companies: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What holds for each today; None when that could not be found out."""
    return await _of_each(reader, companies, "/holding-contracts", "clients")


async def _open(reader: Reader, companies: list[dict[str, Any]]) -> dict[str, Any] | None:
    """How many tickets are open, of those that have any; None when that could not be found out."""
    return await _of_each(reader, companies, "/open-tickets", "tickets")


async def _of_each(
    reader: Reader, companies: list[dict[str, Any]], path: str, service: Service
) -> dict[str, Any] | None:
    if not companies:
        return {}
    asked = [("company", company["id"]) for company in companies]
    found = await reader.part(path, asked, service=service)
    return None if found is None else {one["company_id"]: one for one in found["items"]}


def _why(status: int) -> str:
    if status == 403:
        return _("Your role does not allow to add a client.")
    if status >= 500:
        return _("This does not answer just now. What you typed is kept; try again.")
    return _("This was not accepted: a name is needed, and a tax id has digits only.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
