"""One's shift and absence, or, for administrators, a colleague's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from chassis.clock import now
from chassis.problems import Problem
from contracts.gateway_http import ProfilePatch
from gateway.access.profile import change_profile
from gateway.access.staff import StaffMember
from gateway.access.viewers import StaffSession
from gateway.parts import parts_of
from gateway.web.card.reader import form_of
from gateway.web.labels import WEEKDAYS
from gateway.web.language import words_of
from gateway.web.plans.places import ZONES
from gateway.web.plans.written import intervals_in, written_intervals
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.viewer import Viewer, page

_DAYS = range(7)
_USUAL = "09:00–18:00"
_ZONE = "Europe/Moscow"
router = pages_router()


@router.api_route("/profile", methods=READING)
async def show_own(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    return await _shown(request, session, viewer, session.staff_id)


@router.post("/profile")
async def save_own(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    return await _saved(request, session, viewer, session.staff_id)


@router.api_route("/profile/{staff_id}", methods=READING)
async def show_colleague(request: Request, staff_id: UUID) -> Response:
    session, viewer = await reading_staff(request)
    _check(session, staff_id)
    return await _shown(request, session, viewer, staff_id)


@router.post("/profile/{staff_id}")
async def save_colleague(request: Request, staff_id: UUID) -> Response:
    session, viewer = await writing_staff(request)
    _check(session, staff_id)
    return await _saved(request, session, viewer, staff_id)


def _check(session: StaffSession, staff_id: UUID) -> None:
    """Somebody else's is for administrators."""
    if staff_id != session.staff_id and "admin" not in session.roles:
        raise Problem(404)


async def _saved(request: Request, session: StaffSession, viewer: Viewer, staff_id: UUID) -> Response:
    form = await form_of(request)
    gettext = words_of(viewer.lang).gettext
    try:
        patch = ProfilePatch.model_validate(_body(form))
        await change_profile(parts_of(request).access, staff_id, patch, now())
    except (ValueError, ValidationError):
        why = gettext("Hours are written like 09:00–13:00, 14:00–18:00; nothing means that the day is free.")
        return await _shown(request, session, viewer, staff_id, form, why, 422)
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        why = gettext("This was changed meanwhile, or there is no such colleague. Look at it anew.")
        return await _shown(request, session, viewer, staff_id, form, why, problem.status)
    return RedirectResponse(request.url.path + "?saved=1", 303)


def _body(form: Mapping[str, str]) -> dict[str, Any]:
    """Raises ValueError. Away until the end of the day that is named, by the clock of the shift."""
    zone = form.get("zone", "").strip() or _ZONE
    week = [intervals_in(form.get(f"day-{day}", "")) for day in _DAYS]
    body: dict[str, Any] = {"shift": {"zone": zone, "week": week} if any(week) else None}
    last = form.get("away", "").strip()
    body["away_until"] = None
    if last:
        ends = datetime.fromisoformat(last).date() + timedelta(days=1)
        body["away_until"] = datetime.combine(ends, datetime.min.time(), _zone(zone)).astimezone(UTC)
    body["deputy_id"] = form.get("deputy_id") or None
    return body


def _zone(name: str) -> ZoneInfo:
    """Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(name) from error


def _fields(member: StaffMember) -> dict[str, str]:
    zone = member.shift.zone if member.shift else _ZONE
    fields = {"zone": zone, "deputy_id": str(member.deputy_id or ""), "away": ""}
    if member.away_until and member.away_until > now():
        last: date = (member.away_until.astimezone(ZoneInfo(zone)) - timedelta(seconds=1)).date()
        fields["away"] = last.isoformat()
    for day in _DAYS:
        week = member.shift.model_dump(mode="json")["week"] if member.shift else None
        fields[f"day-{day}"] = written_intervals(week[day]) if week else ""
    return fields


async def _shown(
    request: Request,
    session: StaffSession,
    viewer: Viewer,
    staff_id: UUID,
    typed: Mapping[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    staff = await parts_of(request).access.staff.all()
    member = next((one for one in staff if one.id == staff_id), None)
    if member is None:
        raise Problem(404)
    return page(
        "profile.html",
        viewer,
        status,
        section="profile",
        member=member,
        fields=typed or _fields(member),
        colleagues=[one for one in staff if one.active and one.id != staff_id],
        is_admin="admin" in session.roles,
        weekdays=[words_of(viewer.lang).gettext(name) for name in WEEKDAYS],
        usual=_USUAL,
        zones=ZONES,
        problem=problem,
        saved=not problem and "saved" in request.query_params,
    )
