"""Whom and what a field that means somebody or something else can be chosen from."""

from __future__ import annotations

from typing import Any

from gateway.web.card.fields import Field
from gateway.web.card.reader import Reader
from gateway.web.names import short_name

_MOST = "200"


async def choices(reader: Reader, field: Field, it: dict[str, Any]) -> dict[str, str]:
    """Names by id: those of the same company, and whom or what it means now."""
    if field.kind == "colleague":
        return await reader.names()
    if field.kind == "person":
        return {**await _listed(reader, "/people", it, "full_name"), **names_in([it])}
    if field.kind == "piece":
        others = await _listed(reader, "/equipment", it, "name")
        return {key: name for key, name in {**others, **names_in([it])}.items() if key != it["id"]}
    return {}


def names_in(items: list[dict[str, Any]]) -> dict[str, str]:
    """The people and pieces that these themselves name."""
    people = {one["person"]["id"]: short_name(one["person"]["full_name"]) for one in items if one["person"]}
    pieces = [one.get("connected") or one.get("equipment") for one in items]
    return people | {piece["id"]: piece["name"] for piece in pieces if piece}


async def _listed(reader: Reader, path: str, it: dict[str, Any], name: str) -> dict[str, str]:
    found = await reader.part(path, {"company": it["company_id"], "limit": _MOST})
    return {one["id"]: one[name] for one in (found or {"items": []})["items"]}
