"""Who changed what on the card, and how it stood before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from chassis.problems import Problem
from gateway.web.card.fields import THINGS, Field, shown
from gateway.web.card.page import card
from gateway.web.card.reader import Reader, reading
from gateway.web.routing import READING, pages_router

_ROWS = "50"
router = pages_router()


@router.api_route("/clients/{company_id}/history", methods=READING)
async def show_company(request: Request, company_id: UUID) -> Response:
    return await _shown(await reading(request), company_id, "companies", company_id)


@router.api_route("/clients/{company_id}/{thing}/{key}/history", methods=READING)
async def show_thing(request: Request, company_id: UUID, thing: str, key: UUID) -> Response:
    if thing not in THINGS or thing == "companies":
        raise Problem(404)
    return await _shown(await reading(request), company_id, thing, key)


async def _shown(reader: Reader, company_id: UUID, thing: str, key: UUID) -> Response:
    kind = THINGS[thing]
    it = await reader.get(f"{kind.path}/{key}")
    if it.get("company_id", it["id"]) != str(company_id):
        raise Problem(404)
    cursor = reader.asked("cursor")
    query = {"limit": _ROWS, **({"cursor": cursor} if cursor else {})}
    found = await reader.part(f"{kind.path}/{key}/history", query)
    entries = await entries_in(reader, found, kind.fields)
    return await card(
        reader,
        company_id,
        "/history" if thing == "companies" else kind.tab,
        "history",
        thing=thing,
        it=it,
        called=kind.called(it),
        home=kind.home(it),
        found=found,
        entries=entries,
        cursor=cursor,
    )


async def entries_in(
    reader: Reader, found: Mapping[str, Any] | None, fields: Mapping[str, Field]
) -> list[dict[str, Any]]:
    """A page of a history as people read it."""
    if not found:
        return []
    names = {**found["names"], **await reader.names()}
    return [_entry(reader.viewer.lang, fields, one, names) for one in found["items"]]


def _entry(
    lang: str, fields: Mapping[str, Field], entry: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    changes = []
    for change in entry["changes"]:
        field = fields.get(change["field"]) or _OTHERS.get(change["field"]) or Field("", change["field"])
        sides = {side: _said(lang, field, change[side], names) for side in ("before", "after")}
        if any(sides.values()) or change["is_secret"]:
            changes.append({"label": field.label, "is_secret": change["is_secret"], **sides})
    return {**entry, "changes": changes}


def _said(lang: str, field: Field, value: Any, names: Mapping[str, str]) -> str:
    """What these pages do not know is shown as it came."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get("full_name") or value.get("name") or "")
    if isinstance(value, list):
        return ", ".join(names.get(str(one), str(one)) for one in value)
    return shown(lang, field, value, names)


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


_OTHERS = {
    "archived": Field("archived", _("In the archive"), "flag"),
    "people": Field("people", _("Who uses it")),
    "equipment": Field("equipment", _("Equipment")),
    "company_id": Field("company_id", _("Company"), "person"),
    "key": Field("key", _("Key")),
    "confirmed": Field("confirmed", _("confirmed"), "flag"),
    "blocked": Field("blocked", _("blocked"), "flag"),
    "revoked": Field("revoked", _("revoked"), "flag"),
    "person": Field("person", _("Person")),
    "hostname": Field("hostname", _("Computer")),
    "screenshots_allowed": Field("screenshots_allowed", _("Screenshots"), "flag"),
    "person_is_manager": Field("person_is_manager", _("Manager"), "flag"),
    "person_archived": Field("person_archived", _("archived person"), "flag"),
}
