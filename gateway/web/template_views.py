"""The pages of answer templates, and the menu of them beside the composer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from chassis.problems import Problem
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.desk_calls import attempt
from gateway.web.language import words_of
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.ticket_forms import version_of
from gateway.web.viewer import page, part

router = pages_router()


@router.api_route("/templates", methods=READING)
async def show_templates(request: Request) -> Response:
    return await _shown(request)


@router.post("/templates")
async def write_template(request: Request) -> Response:
    """A new one, or with an `id` a changed or removed one."""
    session, _ = await writing_staff(request)
    form = await request.form()
    said = {name: value for name, value in form.items() if isinstance(value, str)}
    body = {"name": said.get("name", ""), "text": said.get("text", ""), "shared": "shared" in said}
    headers, path, method = {"If-Match": f'"{version_of(form)}"'}, "/templates", "PATCH"
    try:
        if said.get("id"):
            path = f"/templates/{UUID(said['id'])}"
        else:
            method, headers = "POST", {"Idempotency-Key": str(UUID(said.get("key", "")))}
    except ValueError as error:
        raise Problem(404) from error
    if said.get("id") and "remove" in said:
        method = "DELETE"
    try:
        answer = await parts_of(request).upstreams.call(
            "tickets",
            method,
            path,
            session.principal,
            body=None if method == "DELETE" else body,
            headers=headers,
        )
        answer.raise_for_problem()
    except UpstreamProblem as problem:
        if problem.status not in (409, 422):
            raise
        return await _shown(request, typed=said, status=problem.status)
    return RedirectResponse("/templates", 303)


@router.api_route("/tickets/{number}/templates", methods=READING)
async def offer_templates(request: Request, number: int) -> Response:
    session, viewer = await reading_staff(request)
    path = f"/tickets/{number}/templates"
    found = await attempt(parts_of(request).upstreams.get_json("tickets", path, session.principal))
    return part(render("ticket/templates.html", viewer.lang, templates=found and found["items"]))


async def _shown(request: Request, *, typed: dict[str, str] | None = None, status: int = 200) -> Response:
    """What could not be kept stands in the form again."""
    session, viewer = await reading_staff(request)
    found: dict[str, Any] | None = await attempt(
        parts_of(request).upstreams.get_json("tickets", "/templates", session.principal)
    )
    return page(
        "templates.html",
        viewer,
        status,
        section="",
        templates=found and found["items"],
        fields=found["fields"] if found else [],
        typed=typed or {},
        key=str(new_id()),
        problem=words_of(viewer.lang).gettext(_why(status)) if status >= 400 else "",
    )


def _why(status: int) -> str:
    if status == 409:
        return _("Somebody changed this template meanwhile. Look at it once more.")
    return _("This was not accepted: a template needs a name and a text, and only the fields named below.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
