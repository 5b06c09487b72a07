"""What a ticket's address answers: the whole ticket, what a change brought, or why it was refused."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from chassis.clock import new_id
from gateway.access.viewers import StaffSession
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.category_choices import category_paths
from gateway.web.client_column import column_of
from gateway.web.desk_calls import clock_of, context_of, guessed_of
from gateway.web.error_page import error_page
from gateway.web.filters import read_filters
from gateway.web.language import words_of
from gateway.web.list_views import listing_for
from gateway.web.rendering import render
from gateway.web.staff_page import colleagues
from gateway.web.ticket_page import Typed, drafted, render_ticket
from gateway.web.viewer import Viewer, page, part, wants_part


async def _desk(request: Request, session: StaffSession, number: int) -> dict[str, Any]:
    """The ticket, its clock, the company's latest; raises Problem 404 for «not there» as for «not yours»."""
    try:
        found: dict[str, Any] = await parts_of(request).upstreams.get_json(
            "tickets", f"/tickets/{number}/desk", session.principal
        )
    except UpstreamProblem as problem:
        if problem.status == 422:
            problem.status = 404
        raise
    return found


async def shown_ticket(
    request: Request,
    session: StaffSession,
    viewer: Viewer,
    number: int,
    *,
    typed: Typed | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    """The ticket with all around it; the list stands beside it when the address names one."""
    desk = await _desk(request, session, number)
    ticket = desk["ticket"]
    upstreams, filters = parts_of(request).upstreams, read_filters(request.query_params)
    is_part = bool(wants_part(request))
    is_beside = "view" in request.query_params and not is_part
    context, staff, categories, guessed, listing = await asyncio.gather(
        context_of(upstreams, session.principal, ticket),
        colleagues(request),
        category_paths(request, session),
        guessed_of(upstreams, session.principal, ticket),
        listing_for(request, session, viewer, filters) if is_beside else _nothing(),
    )
    shown = render_ticket(
        viewer,
        ticket,
        clock=desk["clock"],
        colleagues=staff,
        categories=categories,
        guessed=guessed,
        client=column_of(desk, context),
        filters=filters,
        typed=typed or drafted(desk["draft"]),
        problem=problem,
    )
    if is_part:
        return part(shown, status)
    return page(
        "desk.html",
        viewer,
        status,
        section="tickets",
        listing=listing,
        pane=shown,
        number=number,
    )


async def _nothing() -> str:
    return ""


async def changed_ticket(
    request: Request, session: StaffSession, viewer: Viewer, ticket: dict[str, Any]
) -> Response:
    """The scripts get what may have changed (the client has not); without scripts the page is loaded anew."""
    if not wants_part(request):
        return RedirectResponse(f"/tickets/{ticket['number']}", 303)
    upstreams = parts_of(request).upstreams
    clock, staff, categories, guessed = await asyncio.gather(
        clock_of(upstreams, session.principal, ticket["number"]),
        colleagues(request),
        category_paths(request, session),
        guessed_of(upstreams, session.principal, ticket),
    )
    shown = render_ticket(
        viewer, ticket, clock=clock, colleagues=staff, categories=categories, guessed=guessed
    )
    return part(shown, headers={"X-Fresh-Key": str(new_id())})


async def refused_change(
    request: Request,
    session: StaffSession,
    viewer: Viewer,
    number: int,
    problem: UpstreamProblem,
    *,
    typed: Typed | None = None,
    wanted: str = "",
) -> Response:
    """The ticket as it is now, why not, and what was typed; when it cannot be shown, at least the text."""
    if problem.status not in (409, 412, 422):
        if wants_part(request):
            raise problem
        return error_page(request, problem.status, typed=typed.text if typed else wanted)
    why = _why(viewer, problem, wanted)
    status = 422 if problem.status == 422 else 409
    return await shown_ticket(request, session, viewer, number, typed=typed, problem=why, status=status)


def _why(viewer: Viewer, problem: UpstreamProblem, wanted: str) -> str:
    """For a conflict: who did what meanwhile, and what was wanted, so that it can be done again."""
    gettext = words_of(viewer.lang).gettext
    if problem.status == 422:
        return gettext(
            "This was not accepted: the ticket's present status does not allow it, or a field is empty."
        )
    done = problem.extra.get("meanwhile", ())
    html = render("ticket/meanwhile.html", viewer.lang, done=done, wanted=wanted)
    return Markup(html)  # noqa: S704 - put together from a template that escapes
