"""SLA plans for those who keep them: what is promised, by which calendar, and what that means day by day."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.card.reader import Reader, form_of, key_in, reading, version_in, writing
from gateway.web.error_page import error_page
from gateway.web.labels import PRIORITIES, WEEKDAYS
from gateway.web.language import words_of
from gateway.web.moments import spent
from gateway.web.plans.places import COUNTRIES, ZONES, countries_in
from gateway.web.plans.plan_form import Written, body_of, fields_of
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

_DAYS = "28"
_KEEPERS = frozenset({"dispatcher", "manager", "admin"})
router = pages_router()


@router.api_route("/plans", methods=READING)
async def list_plans(request: Request) -> Response:
    reader = await reading(request)
    found = await reader.get("/plans", service="tickets")
    return page(
        "plans/list.html",
        reader.viewer,
        section="plans",
        plans=[plan for plan in found["items"] if not plan["archived"]],
        archived=[plan for plan in found["items"] if plan["archived"]],
        may=_may(reader),
    )


@router.api_route("/plans/new", methods=READING)
async def show_new(request: Request) -> Response:
    """What holds by default is what one begins with."""
    reader = await reading(request)
    found = await reader.get("/plans", service="tickets")
    plan = next(one for one in found["items"] if one["is_default"])
    fields = {**fields_of(plan, _spent(reader)), "name": ""}
    return await _editor(reader, None, Written(fields))


@router.post("/plans/new")
async def add_plan(request: Request) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    return await _saved(reader, None, form)


@router.api_route("/plans/{plan_id}", methods=READING)
async def show_plan(request: Request, plan_id: UUID) -> Response:
    reader = await reading(request)
    plan = await reader.get(f"/plans/{plan_id}", service="tickets")
    return await _editor(reader, plan, Written(fields_of(plan, _spent(reader))))


@router.post("/plans/{plan_id}")
async def save_plan(request: Request, plan_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    plan = await reader.get(f"/plans/{plan_id}", service="tickets")
    return await _saved(reader, plan, form)


@router.post("/plans/{plan_id}/archive")
async def archive_plan(request: Request, plan_id: UUID) -> Response:
    """Or bring it back."""
    reader = await writing(request)
    form = await form_of(request)
    wanted = {"archived": form.get("archived") == "yes"}
    try:
        await _patch(reader, str(plan_id), wanted, version_in(form))
    except UpstreamProblem as problem:
        return error_page(request, problem.status, back=f"/plans/{plan_id}")
    return RedirectResponse("/plans", 303)


async def _saved(reader: Reader, plan: dict[str, Any] | None, form: dict[str, str]) -> Response:
    written = Written(form)
    body = body_of(written)
    if written.wrong:
        return await _editor(reader, plan, written, 422, reader.say(_("Look at what is marked.")))
    try:
        if plan is None:
            await _make(reader, body, key_in(form))
        else:
            await _patch(reader, plan["id"], body, version_in(form))
    except UpstreamProblem as problem:
        newest = await reader.get(f"/plans/{plan['id']}", service="tickets") if plan else None
        return await _editor(reader, newest, written, problem.status, _why(reader, problem))
    return RedirectResponse("/plans", 303)


async def _editor(
    reader: Reader, plan: dict[str, Any] | None, written: Written, status: int = 200, problem: str = ""
) -> Response:
    days = (
        reader.part(f"/plans/{plan['id']}/days", {"days": _DAYS}, service="tickets") if plan else _nothing()
    )
    (shown,) = await asyncio.gather(days)
    lang = reader.viewer.lang
    return page(
        "plans/edit.html",
        reader.viewer,
        status,
        section="plans",
        plan=plan,
        fields=written.fields,
        wrong=written.wrong,
        problem=problem,
        days=shown,
        weeks=[shown["items"][at : at + 7] for at in range(0, len(shown["items"]), 7)] if shown else [],
        may=_may(reader),
        key=str(new_id()),
        zones=ZONES,
        countries=countries_in(lang, COUNTRIES),
        weekdays=[words_of(lang).gettext(name) for name in WEEKDAYS],
        priority_names={name: words_of(lang).gettext(label) for name, label in PRIORITIES.items()},
    )


async def _nothing() -> None:
    return None


async def _make(reader: Reader, body: dict[str, Any], key: str) -> None:
    """Raises UpstreamProblem."""
    await reader.post("/plans", body, key, service="tickets")


async def _patch(reader: Reader, plan_id: str, body: dict[str, Any], version: str) -> None:
    """Raises UpstreamProblem."""
    await parts_of(reader.request).upstreams.patch_json(
        "tickets", f"/plans/{plan_id}", reader.session.principal, body, headers={"If-Match": f'"{version}"'}
    )


def _may(reader: Reader) -> bool:
    return not _KEEPERS.isdisjoint(reader.session.roles)


def _spent(reader: Reader) -> Any:
    return lambda minutes: spent(minutes, words_of(reader.viewer.lang))


def _why(reader: Reader, problem: UpstreamProblem) -> str:
    if problem.status == 403:
        return reader.say(_("Your role does not allow to change this."))
    if problem.status == 409:
        return reader.say(_("Somebody changed this plan meanwhile. Yours is still here: save it over it?"))
    if problem.status >= 500:
        return reader.say(_("This does not answer just now. What you typed is kept; try again."))
    messages = dict.fromkeys(message for _field, message in problem.errors)
    told = [reader.say(_RULES[message]) if message in _RULES else message for message in messages]
    return " ".join([reader.say(_("This was not accepted.")), *told])


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


_RULES = {
    "there is no such time zone": _("There is no such time zone."),
    "a calendar needs some working hours": _("A calendar needs some working hours."),
    "hours of a day must follow one another": _("The hours of a day must follow one another."),
    "nothing is solved before anybody reacted": _("A resolution cannot be due before the reaction."),
    "the holidays of this country are not known": _("The holidays of this country are not known."),
}
