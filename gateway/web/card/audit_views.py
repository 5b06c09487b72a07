"""Who saw which secret, and what has to be changed when somebody leaves."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from fastapi import Request, Response

from chassis.problems import Problem
from gateway.parts import parts_of
from gateway.web.card.page import card
from gateway.web.card.reader import Reader, id_in, reading
from gateway.web.labels import REVEAL_KINDS
from gateway.web.routing import READING, pages_router
from gateway.web.viewer import page

_ROWS = "100"
_FILTERS = ("staff", "company", "kind", "ticket", "from", "to", "cursor")
router = pages_router()


@router.api_route("/audit", methods=READING)
async def list_looks(request: Request) -> Response:
    reader = await _auditing(request)
    asked = {name: reader.asked(name) for name in _FILTERS}
    found = await reader.part("/audit", {**_query(reader, asked), "limit": _ROWS})
    return page(
        "clients/audit.html",
        reader.viewer,
        section="clients",
        view="audit",
        asked=asked,
        found=found,
        kinds=REVEAL_KINDS,
        names=await reader.names(),
        company_name=_company_name(found, asked["company"]),
    )


@router.api_route("/audit/seen", methods=READING)
async def list_seen(request: Request) -> Response:
    reader = await _auditing(request)
    staff = id_in(reader.asked("staff"))
    found = await reader.part("/audit/seen", {"staff": staff}) if staff else {"items": [], "more": False}
    return page(
        "clients/seen.html",
        reader.viewer,
        section="clients",
        view="audit",
        staff=staff,
        found=found,
        names=await reader.names(),
    )


@router.api_route("/clients/{company_id}/audit", methods=READING)
async def show_of_client(request: Request, company_id: UUID) -> Response:
    reader = await _auditing(request)
    asked = dict.fromkeys(_FILTERS, "") | {"company": str(company_id), "cursor": reader.asked("cursor")}
    found = reader.part("/audit", {**_query(reader, asked), "limit": _ROWS})
    return await card(reader, company_id, "/audit", "card_audit", parts={"found": found}, asked=asked)


async def _auditing(request: Request) -> Reader:
    """Raises Problem 403 for who is no auditor."""
    reader = await reading(request)
    if not reader.may_audit:
        raise Problem(403)
    return reader


def _query(reader: Reader, asked: dict[str, str]) -> dict[str, str]:
    """What cannot be is left out."""
    ticket = asked["ticket"].removeprefix("№").strip()
    query = {
        "staff": id_in(asked["staff"]),
        "company": id_in(asked["company"]),
        "kind": asked["kind"] if asked["kind"] in REVEAL_KINDS else "",
        "ticket": ticket if ticket.isascii() and ticket.isdigit() and 0 < int(ticket[:16]) < 2**53 else "",
        "from": _moment(reader, asked["from"], 0),
        "to": _moment(reader, asked["to"], 1),
        "cursor": asked["cursor"],
    }
    return {name: value for name, value in query.items() if value}


def _moment(reader: Reader, day: str, further: int) -> str:
    """The beginning of a day, or of the one after it."""
    try:
        wanted = date.fromisoformat(day) + timedelta(days=further)
    except (ValueError, OverflowError):
        return ""
    zone = parts_of(reader.request).settings.time_zone
    return datetime.combine(wanted, time(), zone).isoformat()


def _company_name(found: dict[str, list[dict[str, dict[str, str]]]] | None, company: str) -> str:
    if not (company and found and found["items"]):
        return ""
    return found["items"][0]["company"]["name"]
