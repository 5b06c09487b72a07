"""«Назначение»: the rules by which new tickets get their specialists, and a trial of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.card.reader import Reader, form_of, reading, version_in, writing
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import colleagues
from gateway.web.viewer import page

_MOST_COMPANIES = "200"
Items = list[dict[str, Any]]
router = pages_router()


@router.api_route("/assignment", methods=READING)
async def show_rules(request: Request) -> Response:
    return await _shown(await reading(request))


@router.api_route("/assignment/{deed}", methods=READING)
async def back_to_all(deed: str) -> Response:
    """Where a choice of language or appearance comes back to."""
    return RedirectResponse("/assignment", 303)


@router.post("/assignment/add")
async def add(request: Request) -> Response:
    """Behind all others."""
    form = await request.form()
    rule = {
        "id": str(new_id()),
        "kind": str(form.get("kind", "")),
        "name": str(form.get("name", ""))[:200],
        "categories": [str(one) for one in form.getlist("categories")],
        "staff": [str(one) for one in form.getlist("staff")],
    }
    return await _changed(request, lambda items: [*items, rule])


@router.post("/assignment/save")
async def save(request: Request) -> Response:
    """In its place; its kind stays."""
    form = await request.form()
    said = {
        "name": str(form.get("name", ""))[:200],
        "categories": [str(one) for one in form.getlist("categories")],
        "staff": [str(one) for one in form.getlist("staff")],
    }
    key = form.get("id", "")
    return await _changed(
        request, lambda items: [{**one, **said} if one["id"] == key else one for one in items]
    )


@router.post("/assignment/move")
async def move(request: Request) -> Response:
    """One place up."""
    key = str((await form_of(request)).get("id", ""))

    def up(items: Items) -> Items:
        place = next((n for n, one in enumerate(items) if one["id"] == key), 0)
        if place:
            items[place - 1], items[place] = items[place], items[place - 1]
        return items

    return await _changed(request, up)


@router.post("/assignment/switch")
async def switch(request: Request) -> Response:
    """On, or off."""
    key = (await form_of(request)).get("id", "")
    return await _changed(
        request,
        lambda items: [{**one, "enabled": not one["enabled"]} if one["id"] == key else one for one in items],
    )


@router.post("/assignment/remove")
async def remove(request: Request) -> Response:
    key = (await form_of(request)).get("id", "")
    return await _changed(request, lambda items: [one for one in items if one["id"] != key])


async def _changed(request: Request, decide: Callable[[Items], Items]) -> Response:
    """On the version that was looked at."""
    reader = await writing(request)
    form = await form_of(request)
    upstreams, principal = parts_of(request).upstreams, reader.session.principal
    try:
        rules = await reader.get("/assignment-rules", service="tickets")
        answer = await upstreams.call(
            "tickets",
            "PUT",
            "/assignment-rules",
            principal,
            body={"items": decide(rules["items"])},
            headers={"If-Match": f'"{version_in(form)}"'},
        )
        answer.raise_for_problem()
    except UpstreamProblem as problem:
        return await _shown(reader, problem.status, why=_why(problem))
    return RedirectResponse("/assignment", 303)


async def _shown(reader: Reader, status: int = 200, *, why: str = "") -> Response:
    rules, tree, companies, staff = await asyncio.gather(
        reader.part("/assignment-rules", service="tickets"),
        reader.part("/categories", service="tickets"),
        reader.part("/companies", {"limit": _MOST_COMPANIES}),
        colleagues(reader.request),
    )
    may = reader.may_register and reader.is_everywhere
    return page(
        "assignment.html",
        reader.viewer,
        status,
        section="assignment",
        rules=rules,
        categories=tree["items"] if tree else [],
        companies=companies["items"] if companies else [],
        staff=staff,
        names={one["id"]: one["full_name"] for one in staff},
        paths={one["id"]: one["path"] for one in tree["items"]} if tree else {},
        may=may,
        trial=await _trial(reader) if may else None,
        asked={name: reader.asked(name) for name in ("company", "category")},
        kinds=KINDS,
        problem=reader.say(why) if why else "",
    )


async def _trial(reader: Reader) -> dict[str, Any] | None:
    """Who would get a ticket of the company and category that the address names; None where none is."""
    asked = {"company_id": reader.asked("company"), "category_id": reader.asked("category")}
    try:
        body = {name: str(UUID(value)) for name, value in asked.items() if value}
    except ValueError:
        return None
    if "company_id" not in body:
        return None
    try:
        found: dict[str, Any] = await parts_of(reader.request).upstreams.post_json(
            "tickets", "/assignment-rules/trial", reader.session.principal, body
        )
    except UpstreamProblem:
        return None
    return found


def _why(problem: UpstreamProblem) -> str:
    if problem.status == 403:
        return _("Your role does not allow to change this.")
    if problem.status in (404, 409, 412):
        return _("This was changed meanwhile. Look at it anew and decide again.")
    if problem.status >= 500:
        return _("This does not answer just now. Try again in a few seconds.")
    return _("This was not accepted: a rule needs a name; one by category needs categories and specialists.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


KINDS = {
    "responsible": _("to whoever is responsible for the company"),
    "category": _("by category"),
    "load": _("to whoever has the fewest open tickets"),
}
