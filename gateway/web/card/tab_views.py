"""The tabs that list what a client has, where things are added, archived and brought back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.problems import Problem
from gateway.answers import UpstreamProblem
from gateway.web.card.choices import choices_for_new, plan_names
from gateway.web.card.conflicts import archiving, decide_again
from gateway.web.card.fields import THINGS
from gateway.web.card.making import RefusedError, make, typed_in, why_not
from gateway.web.card.page import card
from gateway.web.card.reader import Reader, form_of, reading, version_in, writing
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import part, wants_part

_LISTED = ("people", "equipment", "licences", "contracts")
_KEPT = (*_LISTED, "credentials")
_ROWS = "100"
router = pages_router()


@router.api_route("/clients/{company_id}/{thing}", methods=READING)
async def list_things(request: Request, company_id: UUID, thing: str) -> Response:
    _must_be_listed(thing)
    return await _tab(await reading(request), company_id, thing)


@router.post("/clients/{company_id}/{thing}")
async def add_thing(request: Request, company_id: UUID, thing: str) -> Response:
    _must_be_listed(thing)
    reader = await writing(request)
    form = await form_of(request)
    try:
        await make(reader, thing, company_id, form)
    except RefusedError as refused:
        return await _tab(reader, company_id, thing, form, refused)
    return RedirectResponse(f"/clients/{company_id}/{thing}", 303)


@router.post("/clients/{company_id}/{thing}/{key}/archive")
async def archive_thing(request: Request, company_id: UUID, thing: str, key: UUID) -> Response:
    return await _moved(request, company_id, thing, key, archived=True)


@router.post("/clients/{company_id}/{thing}/{key}/restore")
async def restore_thing(request: Request, company_id: UUID, thing: str, key: UUID) -> Response:
    return await _moved(request, company_id, thing, key, archived=False)


async def _moved(request: Request, company_id: UUID, thing: str, key: UUID, *, archived: bool) -> Response:
    """To the archive, or back from it."""
    if thing not in _KEPT:
        raise Problem(404)
    reader = await writing(request)
    kind, tab = THINGS[thing], f"/clients/{company_id}/{thing}"
    version = version_in(await form_of(request))
    step = archiving(f"{kind.path}/{key}", f"{tab}/{key}", tab, version, kind.fields, archived=archived)
    try:
        await reader.change(step.path, {"archived": archived}, step.version)
    except UpstreamProblem as problem:
        return await decide_again(reader, step, problem)
    return RedirectResponse(step.back, 303)


async def _tab(
    reader: Reader,
    company_id: UUID,
    thing: str,
    form: dict[str, str] | None = None,
    refused: RefusedError | None = None,
) -> Response:
    asked = {name: reader.asked(name) for name in ("q", "cursor")}
    asked["archived"] = "true" if reader.asked("archived") == "true" else ""
    query = {name: value for name, value in asked.items() if value}
    found = reader.part(THINGS[thing].path, {**query, "company": str(company_id), "limit": _ROWS})
    shown: dict[str, Any] = {"thing": thing, "asked": asked, "kind": THINGS[thing]}
    may = reader.may_register or not THINGS[thing].for_registrars
    plans = plan_names(reader) if thing == "contracts" else _nothing()
    if wants_part(reader.request):
        named = {"found": await found, "company": {"id": str(company_id)}, "may": may, "names": {}}
        named["plans"] = await plans
        return part(
            render(f"clients/{thing}_rows.html", reader.viewer.lang, viewer=reader.viewer, **named, **shown)
        )
    return await card(
        reader,
        company_id,
        f"/{thing}",
        thing,
        status=refused.status if refused else 200,
        parts={
            "found": found,
            "others": choices_for_new(reader, thing, str(company_id)),
            "plans": plans,
        },
        may=may,
        typed=typed_in(thing, form),
        wrong=refused.field if refused else "",
        problem=reader.say(why_not(thing, refused)) if refused else "",
        **shown,
    )


async def _nothing() -> dict[str, str]:
    return {}


def _must_be_listed(thing: str) -> None:
    """Raises Problem 404."""
    if thing not in _LISTED:
        raise Problem(404)
