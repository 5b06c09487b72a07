"""Somebody calls whom the registry does not know yet: added to their company in the same step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from fastapi import Request

from gateway.access.viewers import StaffSession
from gateway.parts import parts_of
from gateway.web.desk_calls import attempt

NEW = "new"
_OFFERED = 12
_PHONE = re.compile(r"[+\d()\s-]{5,}")


class Newcomer(NamedTuple):
    name: str = ""
    company: str = ""
    phone: str = ""


def newcomer_of(form: Mapping[str, str], who: str) -> Newcomer:
    """What was typed of them; at first what was searched for, which is a name or a phone."""
    if "new_name" in form:
        return Newcomer(*(form.get(f"new_{name}", "").strip() for name in Newcomer._fields))
    return Newcomer(phone=who) if _PHONE.fullmatch(who) else Newcomer(name=who)


async def companies_like(request: Request, session: StaffSession, typed: str) -> list[dict[str, Any]]:
    """Nothing where clients does not answer."""
    query: dict[str, str | int] = {"limit": _OFFERED, **({"q": typed} if typed else {})}
    found = await attempt(
        parts_of(request).upstreams.get_json("clients", "/companies", session.principal, query=query)
    )
    return found["items"] if found else []


async def add_newcomer(request: Request, session: StaffSession, form: Mapping[str, str]) -> dict[str, Any]:
    """The person, made once for the form's key; raises UpstreamProblem, ValueError for what names nobody."""
    new = newcomer_of(form, "")
    company = await _company(request, session, new.company)
    body = {"company_id": company["id"], "full_name": new.name, "phone": new.phone}
    key = uuid5(UUID(form.get("key", "")), "person")
    upstreams = parts_of(request).upstreams
    made: dict[str, Any] = await upstreams.post_json(
        "clients", "/people", session.principal, body, headers={"Idempotency-Key": str(key)}
    )
    return made


async def _company(request: Request, session: StaffSession, name: str) -> dict[str, Any]:
    """By its name, or by a part that only one has. Raises UpstreamProblem, ValueError."""
    if not name:
        raise ValueError("a newcomer needs a company")
    found = await parts_of(request).upstreams.get_json(
        "clients", "/companies", session.principal, query={"q": name, "limit": _OFFERED}
    )
    items: list[dict[str, Any]] = found["items"]
    wanted = name.casefold()
    named = [one for one in items if wanted in (one["name"].casefold(), one["short_name"].casefold())]
    if len(named or items) != 1:
        raise ValueError("no company, or several, have that name")
    return (named or items)[0]
