"""Several tickets of the list changed at once, with scripts and without."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from starlette.datastructures import FormData

from chassis.clock import new_id
from contracts.bulk_http import MOST_AT_ONCE
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.filters import read_filters
from gateway.web.language import words_of
from gateway.web.list_views import listing_for
from gateway.web.rendering import render
from gateway.web.routing import pages_router
from gateway.web.staff_page import writing_staff
from gateway.web.viewer import Viewer, page, part, wants_part

router = pages_router()
_FIELDS = ("priority", "category", "status")


@dataclass(frozen=True)
class Outcome:
    """`failed`: number and reason of each; `problem`: why nothing was tried at all."""

    changed: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)
    problem: str = ""


@router.post("/tickets/bulk")
async def change_several(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    form = await request.form()
    numbers, change = numbers_of(form), change_of(form)
    if not numbers or not change or len(numbers) > MOST_AT_ONCE:
        outcome = Outcome(problem=_nothing_to_do(viewer, numbers, change))
    else:
        try:
            answer = await parts_of(request).upstreams.post_json(
                "tickets",
                "/tickets/bulk",
                session.principal,
                {"numbers": numbers, "change": change},
                headers={"Idempotency-Key": _key_of(form)},
            )
        except UpstreamProblem as problem:
            if problem.status != 422:
                raise
            outcome = Outcome(problem=_word(viewer, None))
        else:
            outcome = Outcome(answer["changed"], _failed(viewer, answer["items"]))
    if wants_part(request):
        html = render("list/outcome.html", viewer.lang, outcome=outcome)
        return part(html, headers={"X-Fresh-Key": str(new_id())})
    filters = read_filters(request.query_params)
    listing = await listing_for(request, session, viewer, filters, outcome)
    return page("desk.html", viewer, section="tickets", listing=listing, pane="", number=None)


def numbers_of(form: FormData) -> list[int]:
    """What is no number was not ticked in our list."""
    ticked = (value for value in form.getlist("number") if isinstance(value, str))
    return [int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) < 16 and int(one)]


def change_of(form: FormData) -> dict[str, Any]:
    """Only what was chosen; the button «for me» names the assignee itself."""
    change: dict[str, Any] = {name: value for name in _FIELDS if (value := _text(form, name).strip())}
    if assignee := _text(form, "assignee") or _text(form, "give"):
        change["assignee"] = None if assignee == "none" else assignee
    return change


def _failed(viewer: Viewer, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"number": one["number"], "why": _word(viewer, one)} for one in items if one["status"] != 200]


def _word(viewer: Viewer, one: dict[str, Any] | None) -> str:
    gettext = words_of(viewer.lang).gettext
    if one is None:
        return gettext("This was not accepted: one of the values is not possible.")
    if one["status"] == 404:
        return gettext("is not there")
    if one["status"] == 409:
        return gettext("is being changed by somebody just now")
    reasons = {
        "status": gettext("its present status does not allow it"),
        "assignee": gettext("it is over and cannot be assigned, or there is no such specialist"),
    }
    return reasons.get(one["field"], gettext("this value is not possible"))


def _nothing_to_do(viewer: Viewer, numbers: list[int], change: dict[str, Any]) -> str:
    gettext = words_of(viewer.lang).gettext
    if not numbers:
        return gettext("Select tickets first.")
    if not change:
        return gettext("Choose what to change.")
    return gettext("At most %d tickets at once.") % MOST_AT_ONCE


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _key_of(form: FormData) -> str:
    try:
        return str(UUID(_text(form, "key")))
    except ValueError:
        return str(new_id())
