"""Articles that fit: beside a specialist's ticket, and for an employee who is still typing."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from chassis.clock import new_id
from chassis.principal import Principal
from gateway.access.callers import device_or_none, device_session
from gateway.api.articles import problem_of
from gateway.parts import parts_of
from gateway.web.desk_calls import attempt
from gateway.web.joining_views import reported_by_colleagues
from gateway.web.portal_views import employee
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff
from gateway.web.viewer import page, part

_FOR_STAFF, _FOR_EMPLOYEES = 5, 3
_LONGEST_TITLE, _LONGEST_TEXT = 200, 5_000
router = pages_router()


@router.api_route("/tickets/{number}/suggestions", methods=READING)
async def suggest_for_ticket(request: Request, number: int) -> Response:
    session, viewer = await reading_staff(request)
    ticket = await parts_of(request).upstreams.get_json("tickets", f"/tickets/{number}", session.principal)
    upstreams = parts_of(request).upstreams
    made_of_it = {"ticket": str(number), "limit": str(_FOR_STAFF)}
    found, made = await asyncio.gather(
        _suggested(request, session.principal, problem_of(ticket, _FOR_STAFF)),
        attempt(upstreams.get_json("faq", "/articles", session.principal, query=made_of_it)),
    )
    shown = render(
        "faq/suggestions.html",
        viewer.lang,
        viewer=viewer,
        ticket=ticket,
        found=found,
        made=made["items"] if made else [],
        keys=[str(new_id()) for _ in range(_FOR_STAFF)],
        link_keys=[str(new_id()) for _ in range(_FOR_STAFF)],
        origin=str(request.base_url).rstrip("/"),
    )
    return part(shown)


@router.post("/portal/suggestions")
async def suggest_while_typing(request: Request) -> Response:
    device = await device_session(request)
    form = await request.form()
    problem = {
        "title": str(form.get("title", ""))[:_LONGEST_TITLE],
        "text": str(form.get("description", ""))[:_LONGEST_TEXT],
        "limit": _FOR_EMPLOYEES,
    }
    found, colleagues = await asyncio.gather(
        _suggested(request, device.principal, problem),
        reported_by_colleagues(parts_of(request).upstreams, device.principal, str(problem["title"])),
    )
    viewer = employee(request, device)
    return part(
        render(
            "portal/helpful.html",
            viewer.lang,
            found=found,
            colleagues=colleagues,
            typed=problem["title"],
            keys=[str(new_id()) for _ in colleagues],
        )
    )


@router.api_route("/portal/articles/{article_id}", methods=READING)
async def show_public(request: Request, article_id: UUID) -> Response:
    device = await device_or_none(request)
    if device is None:
        return RedirectResponse("/portal/enrol", 303)
    article = await parts_of(request).upstreams.get_json(
        "faq", f"/public/articles/{article_id}", device.principal
    )
    return page(
        "portal/article.html",
        employee(request, device),
        me=device,
        section="submit",
        problem="",
        article=article,
        html=Markup(article["html"]),  # noqa: S704 - rendered and cleaned by faq, which takes no HTML
        typed=request.query_params.get("for", "")[:_LONGEST_TITLE],
        helped="helped" in request.query_params,
        key=str(new_id()),
    )


@router.post("/portal/articles/{article_id}/helped")
async def say_it_helped(request: Request, article_id: UUID) -> Response:
    """There will be no ticket, and the article is found sooner for such words."""
    device = await device_session(request)
    form = await request.form()
    try:
        key = UUID(str(form.get("key", "")))
    except ValueError:
        key = new_id()
    await parts_of(request).upstreams.post_json(
        "faq",
        f"/articles/{article_id}/uses",
        device.principal,
        {"kind": "helped", "text": str(form.get("text", ""))[:_LONGEST_TITLE]},
        headers={"Idempotency-Key": str(key)},
    )
    return RedirectResponse(f"/portal/articles/{article_id}?helped=1", 303)


async def _suggested(
    request: Request, who: Principal, problem: dict[str, Any]
) -> list[dict[str, Any]] | None:
    """None when the FAQ does not answer: the page says so, or says nothing."""
    found = await attempt(
        parts_of(request).upstreams.post_json("faq", "/suggestions", who, problem, deadline=2.0)
    )
    return found["items"] if found else None
