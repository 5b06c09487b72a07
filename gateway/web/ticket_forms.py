"""What the forms of a ticket say, as the tickets service wants to hear it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from starlette.datastructures import FormData

from chassis.clock import new_id
from chassis.problems import Problem
from contracts.tickets_http import AttachedFile
from gateway.web.ticket_page import Typed

_FIELDS = ("category", "status", "assignee", "priority", "equipment", "title", "breach_reason")
_NONE_OF = ("category", "assignee", "equipment")


def change_of(field: str, form: FormData, me: str) -> dict[str, Any]:
    """Who takes an unassigned ticket into work gets it assigned in the same step."""
    if field not in _FIELDS:
        raise Problem(404)
    value = _text(form, field)
    if field == "breach_reason":
        value = ": ".join(filter(None, (value, _text(form, "more").strip())))
    change: dict[str, Any] = {field: value or (None if field in _NONE_OF else "")}
    if change.get("status") == "in_progress" and _text(form, "unassigned"):
        change["assignee"] = me
    return change


def wanted_of(field: str, form: FormData) -> str:
    """What was typed and would be lost; a choice can be made again."""
    typed = {"title": "title", "breach_reason": "more"}.get(field)
    return _text(form, typed) if typed else ""


def typed_of(form: FormData) -> Typed:
    return Typed(
        text=_text(form, "text"),
        kind="note" if _text(form, "kind") == "note" else "answer",
        minutes=_text(form, "minutes"),
        additional=bool(_text(form, "additional")),
        then=_text(form, "then"),
        key=_identity(_text(form, "key")),
        files=tuple(_files_in(form)),
        mentions=tuple(one for one in form.getlist("mention") if isinstance(one, str))[:10],
    )


def entry_of(typed: Typed) -> dict[str, Any]:
    """Minutes alone are work done, whatever kind is chosen: there is nothing to say to the client."""
    entry: dict[str, Any] = {
        "text": typed.text.strip(),
        "public": typed.kind == "answer" and bool(typed.text.strip() or typed.files),
        "additional": typed.additional,
    }
    if typed.minutes.isascii() and typed.minutes.isdigit() and int(typed.minutes[:9]):
        entry["minutes"] = int(typed.minutes[:9])
    if typed.mentions:
        entry["mentions"] = list(typed.mentions)
    if typed.files:
        entry["files"] = list(typed.files)
    if typed.then:
        entry["status"] = typed.then
    return entry


def _files_in(form: FormData) -> Iterator[dict[str, Any]]:
    """As the answer to their storing said; what is none of ours is left out."""
    for one in form.getlist("file"):
        with suppress(ValidationError):
            yield AttachedFile.model_validate_json(str(one)).model_dump(mode="json")


def correction_of(form: FormData) -> dict[str, Any]:
    """All of an entry as it should be; no minutes where the field is empty."""
    typed = typed_of(form)
    minutes = typed.minutes if typed.minutes.isascii() and typed.minutes.isdigit() else "0"
    return {"text": typed.text.strip(), "minutes": int(minutes[:9]) or None, "additional": typed.additional}


def version_of(form: FormData) -> str:
    """What is none of ours conflicts with everything."""
    version = _text(form, "version")
    return version if version.isascii() and version.isdigit() else "0"


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _identity(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        return str(new_id())
