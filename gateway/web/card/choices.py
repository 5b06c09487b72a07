"""Whom and what a field that means somebody or something else can be chosen from."""

from __future__ import annotations

import asyncio
from typing import Any

from gateway.web.card.fields import THINGS, Field
from gateway.web.card.reader import Reader
from gateway.web.names import short_name

_ROWS, _MOST_PAGES = "200", 10
# Where those of a company are listed, and by what they are called.
_LISTED = {"person": ("/people", "full_name"), "piece": ("/equipment", "name")}


async def choices(reader: Reader, field: Field, it: dict[str, Any]) -> dict[str, str]:
    """Names by id: those of the same company, and whom or what it means now."""
    if field.kind == "colleague":
        return await reader.names()
    if field.kind == "plan":
        return await _plans(reader, it.get(field.name))
    if field.kind in _LISTED:
        others = await _listed(reader, field.kind, it["company_id"])
        return {key: name for key, name in {**others, **names_in([it])}.items() if key != it["id"]}
    return {}


async def choices_for_new(reader: Reader, thing: str, company_id: str) -> dict[str, dict[str, str]]:
    """By the field's name, what it can be chosen from in a form for one more."""
    fields = [field for field in THINGS[thing].fields.values() if field.kind in (*_LISTED, "plan")]
    nobody = {"id": "", "company_id": company_id, "person": None}
    found = await asyncio.gather(*(choices(reader, field, nobody) for field in fields))
    return {field.name: names for field, names in zip(fields, found, strict=True)}


def names_in(items: list[dict[str, Any]]) -> dict[str, str]:
    """The people and pieces that these themselves name."""
    people = {one["person"]["id"]: short_name(one["person"]["full_name"]) for one in items if one["person"]}
    pieces = [one.get("connected") or one.get("equipment") for one in items]
    return people | {piece["id"]: piece["name"] for piece in pieces if piece}


async def plan_names(reader: Reader) -> dict[str, str]:
    """Archived ones too: a contract may name one still."""
    found = await reader.part("/plans", service="tickets")
    return {one["id"]: one["name"] for one in (found or {"items": []})["items"]}


async def _plans(reader: Reader, named: str | None) -> dict[str, str]:
    """Those that are offered, and the one that is named already."""
    found = await reader.part("/plans", service="tickets")
    plans = (found or {"items": []})["items"]
    return {one["id"]: one["name"] for one in plans if not one["archived"] or one["id"] == named}


async def _listed(reader: Reader, kind: str, company_id: str) -> dict[str, str]:
    """A part that does not answer leaves the choice shorter."""
    path, name = _LISTED[kind]
    names: dict[str, str] = {}
    query = {"company": company_id, "limit": _ROWS}
    for _ in range(_MOST_PAGES):
        found = await reader.part(path, query)
        if found is None:
            break
        names |= {one["id"]: one[name] for one in found["items"]}
        if not found["next"]:
            break
        query["cursor"] = found["next"]
    return names
