"""Somebody was faster: what they changed is shown, and the same can be decided again on what stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Response

from gateway.answers import UpstreamProblem
from gateway.web.card.fields import Field
from gateway.web.card.history_views import entries_in
from gateway.web.card.import_words import reason
from gateway.web.card.reader import Reader
from gateway.web.error_page import error_page
from gateway.web.viewer import page

_LOOKED_AT = "20"


@dataclass(frozen=True)
class Step:
    """What was to be done to the thing at `path`: `action` is the form's address, `label` a message."""

    path: str
    action: str
    label: str
    back: str
    version: str
    fields: Mapping[str, Field]
    also: Mapping[str, str] = field(default_factory=dict)


def archiving(
    path: str, address: str, back: str, version: str, fields: Mapping[str, Field], *, archived: bool
) -> Step:
    """To the archive, or back from it."""
    verb, label = (
        ("archive", _("To the archive")) if archived else ("restore", _("Bring back from the archive"))
    )
    return Step(path, f"{address}/{verb}", label, back, version, fields)


async def decide_again(reader: Reader, step: Step, problem: UpstreamProblem) -> Response:
    """The answer to a step that was refused."""
    if problem.status != 409:
        return error_page(reader.request, problem.status, back=step.back)
    it = await reader.get(step.path)
    return page(
        "clients/conflict.html",
        reader.viewer,
        409,
        section="clients",
        step=step,
        version=it["version"],
        called=_called(it),
        entries=await _meanwhile(reader, step),
        why=[reason(reader.viewer.lang, f"{name}: {message}") for name, message in problem.errors]
        if str(it["version"]) == step.version
        else [],
    )


async def _meanwhile(reader: Reader, step: Step) -> list[dict[str, Any]]:
    """The history since the page was read; nothing when that is not known just now."""
    found = await reader.part(f"{step.path}/history", {"limit": _LOOKED_AT})
    entries = await entries_in(reader, found, step.fields)
    return [entry for entry in entries if entry["version"] > int(step.version)]


def _called(it: Mapping[str, Any]) -> str:
    names = ("full_name", "name", "label", "product", "number", "hostname")
    return next(str(it[name]) for name in names if name in it)


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
