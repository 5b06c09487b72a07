"""«Категории»: the tree that tickets are grouped by, to look at and, for dispatchers, to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.clock import new_id
from gateway.answers import UpstreamProblem
from gateway.parts import parts_of
from gateway.web.card.reader import Reader, form_of, key_in, reading, version_in, writing
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

router = pages_router()


@router.api_route("/categories", methods=READING)
async def show_categories(request: Request) -> Response:
    return await _shown(await reading(request))


@router.api_route("/categories/{category_id}", methods=READING)
@router.api_route("/categories/{category_id}/{deed}", methods=READING)
async def back_to_all() -> Response:
    """Where a choice of language or appearance comes back to."""
    return RedirectResponse("/categories", 303)


@router.post("/categories")
async def add(request: Request) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    new = {"name": form.get("name", ""), "parent_id": form.get("parent_id") or None}
    return await _done(reader, "POST", "/categories", new, {"Idempotency-Key": key_in(form)}, form)


@router.post("/categories/{category_id}")
async def change(request: Request, category_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    wanted = {"name": form.get("name", ""), "parent_id": form.get("parent_id") or None}
    return await _done(reader, "PATCH", f"/categories/{category_id}", wanted, _on(form), form)


@router.post("/categories/{category_id}/archive")
async def archive(request: Request, category_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    wanted = {"archived": bool(form.get("archived"))}
    return await _done(reader, "PATCH", f"/categories/{category_id}", wanted, _on(form), form)


@router.post("/categories/{category_id}/merge")
async def merge(request: Request, category_id: UUID) -> Response:
    reader = await writing(request)
    form = await form_of(request)
    into = {"into": form.get("into", "")}
    return await _done(reader, "POST", f"/categories/{category_id}/merge", into, _on(form), form)


def _on(form: Mapping[str, str]) -> dict[str, str]:
    return {"If-Match": f'"{version_in(form)}"'}


async def _done(
    reader: Reader, method: str, path: str, body: Any, headers: Mapping[str, str], form: Mapping[str, str]
) -> Response:
    """The list again; when it was refused, with why and what was typed."""
    upstreams = parts_of(reader.request).upstreams
    try:
        answer = await upstreams.call(
            "tickets", method, path, reader.session.principal, body=body, headers=headers
        )
        answer.raise_for_problem()
    except UpstreamProblem as problem:
        return await _shown(reader, problem.status, why=_why(problem), typed=form.get("name", ""))
    return RedirectResponse(f"/categories#category-{answer.json()['id']}", 303)


async def _shown(reader: Reader, status: int = 200, *, why: str = "", typed: str = "") -> Response:
    found = await reader.part("/categories", {"counted": "true"}, service="tickets")
    guessing = await reader.part("/category-guessing", service="tickets")
    items = found["items"] if found else []
    return page(
        "categories.html",
        reader.viewer,
        status,
        section="categories",
        found=found,
        guessing=guessing,
        groups=[one for one in items if one["parent_id"] is None],
        within={one["id"]: [leaf for leaf in items if leaf["parent_id"] == one["id"]] for one in items},
        may=reader.may_register and reader.is_everywhere,
        problem=reader.say(why) if why else "",
        typed=typed,
        key=str(new_id()),
    )


def _why(problem: UpstreamProblem) -> str:
    if problem.status == 403:
        return _("Your role does not allow to change this.")
    if problem.status in (404, 409, 412):
        return _("This was changed meanwhile. Look at it anew and decide again.")
    if problem.status >= 500:
        return _("This does not answer just now. Try again in a few seconds.")
    fields = {where.rpartition(".")[2] for where, _message in problem.errors}
    if "into" in fields:
        return _("These two cannot be merged: a group with categories in it only goes into another group.")
    if "parent_id" in fields:
        return _("It cannot stand there: the tree has two levels.")
    return _("There is one of this name already, or the name has a slash in it.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
