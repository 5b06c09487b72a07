"""Editing in place: a value becomes a field, is saved on the version it was read in, and is shown again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from chassis.problems import Problem
from gateway.answers import UpstreamProblem
from gateway.web.card.choices import choices
from gateway.web.card.fields import THINGS, Field, Thing, typed_from, value_of
from gateway.web.card.reader import Reader, form_of, reading, version_in, writing
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page, part, wants_part

_TRIES = 5
_ADDRESS = "/edit/{thing}/{key}/{name}"
router = pages_router()


class ContestedError(Exception):
    """Somebody else changed this very field meanwhile; `current` is how the thing stands now."""

    def __init__(self, current: dict[str, Any]) -> None:
        super().__init__()
        self.current = current


@router.api_route(_ADDRESS, methods=READING)
async def show_field(request: Request, thing: str, key: UUID, name: str) -> Response:
    reader = await reading(request)
    kind, field = _field(thing, name)
    it = await reader.get(f"{kind.path}/{key}")
    if "shown" in request.query_params and wants_part(request):
        return await _value(reader, thing, field, it)
    return await _form(reader, thing, field, it, typed_from(field, it[name]), version=str(it["version"]))


@router.post(_ADDRESS)
async def save_field(request: Request, thing: str, key: UUID, name: str) -> Response:
    reader = await writing(request)
    kind, field = _field(thing, name)
    form = await form_of(request)
    path, typed = f"{kind.path}/{key}", form.get("value", "")
    try:
        if typed == form.get("before"):
            it = await reader.get(path)
        else:
            it = await _saved(reader, path, field, value_of(field, typed), form)
    except ContestedError as contested:
        now = contested.current
        return await _form(
            reader, thing, field, now, typed, version=str(now["version"]), status=409, theirs=now[name]
        )
    except (UpstreamProblem, ValueError) as problem:
        status = problem.status if isinstance(problem, UpstreamProblem) else 422
        return await _refused(reader, thing, field, path, form, status)
    if wants_part(request):
        return await _value(reader, thing, field, it)
    return RedirectResponse(kind.home(it), 303)


async def _saved(
    reader: Reader, path: str, field: Field, wanted: Any, form: dict[str, str]
) -> dict[str, Any]:
    """Another field's change is no conflict: this one is saved on top of it. Raises ContestedError."""
    version, name = version_in(form), field.name
    for _ in range(_TRIES):
        try:
            changed: dict[str, Any] = await reader.change(path, {name: wanted}, version)
        except UpstreamProblem as problem:
            if problem.status != 409:
                raise
            now: dict[str, Any] = await reader.get(path)
            if str(now["version"]) == version:
                raise
            if now[name] == wanted:
                return now
            if typed_from(field, now[name]) != form.get("before", ""):
                raise ContestedError(now) from problem
            version = str(now["version"])
        else:
            return changed
    raise Problem(409)


def _field(thing: str, name: str) -> tuple[Thing, Field]:
    """Raises Problem 404."""
    kind = THINGS.get(thing)
    if kind is None or name not in kind.fields:
        raise Problem(404)
    return kind, kind.fields[name]


async def _value(reader: Reader, thing: str, field: Field, it: dict[str, Any]) -> Response:
    shown = await _shown(reader, thing, field, it)
    return part(render("clients/edited.html", reader.viewer.lang, **shown))


async def _shown(reader: Reader, thing: str, field: Field, it: dict[str, Any]) -> dict[str, Any]:
    names = await choices(reader, field, it)
    may = reader.may_register or not THINGS[thing].for_registrars
    return {"viewer": reader.viewer, "thing": thing, "field": field, "it": it, "names": names, "may": may}


async def _form(
    reader: Reader,
    thing: str,
    field: Field,
    it: dict[str, Any],
    typed: str,
    *,
    version: str,
    status: int = 200,
    problem: str = "",
    theirs: Any = None,
) -> Response:
    told = {
        **await _shown(reader, thing, field, it),
        "typed": typed,
        "version": version,
        "before": typed_from(field, it[field.name]),
        "problem": problem,
        "is_contested": status == 409,
        "theirs": theirs,
        "home": THINGS[thing].home(it),
        "culprit": await _culprit(reader, thing, field, it) if status == 409 else None,
        "called": THINGS[thing].called(it),
    }
    if wants_part(reader.request):
        return part(render("clients/edit_form.html", reader.viewer.lang, **told), status)
    told.pop("viewer")
    return page("clients/edit.html", reader.viewer, status, section="clients", **told)


async def _culprit(reader: Reader, thing: str, field: Field, it: dict[str, Any]) -> dict[str, Any] | None:
    """The entry of history in which this field became what it is; None when that is not known."""
    found = await reader.part(f"{THINGS[thing].path}/{it['id']}/history", {"limit": "20"})
    entries = found["items"] if found else []
    return next((one for one in entries if any(c["field"] == field.name for c in one["changes"])), None)


async def _refused(
    reader: Reader, thing: str, field: Field, path: str, form: dict[str, str], status: int
) -> Response:
    """The field again, with what was typed and why it was not taken."""
    it = await reader.part(path)
    if it is None:
        raise Problem(status)
    why = reader.say(_why(field, status))
    shown_status = 422 if status == 409 else status
    return await _form(
        reader, thing, field, it, form.get("value", ""), version=version_in(form), status=shown_status,
        problem=why,
    )  # fmt: skip


def _why(field: Field, status: int) -> str:
    if status == 403:
        return _("Your role does not allow to change this.")
    if status >= 500:
        return _("This does not answer just now. What you typed is kept; try again.")
    return _WHY.get(field.kind, _("This cannot be so. Look at it once more."))


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


_WHY = {
    "email": _("This does not look like an e-mail address."),
    "phone": _("This does not look like a phone number."),
    "day": _("There is no such day, or it does not fit the others."),
    "count": _("A whole number is needed, or nothing."),
    "hours": _("A number of hours is needed, such as 40 or 1,5."),
    "addresses": _("These are no addresses: IPv4 or IPv6, separated by commas."),
    "money": _("A number of roubles is needed, such as 3000."),
}
