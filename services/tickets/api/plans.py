"""The routes of SLA plans: staff read them, dispatchers, managers and admins keep them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Key, Version
from chassis.principal import Principal, Staff
from chassis.problems import Problem
from contracts.day import Day
from contracts.plans_http import (
    MOST_DAYS_SHOWN,
    CalendarBody,
    Interval,
    NewPlan,
    PlanDay,
    PlanDays,
    PlanList,
    PlanPatch,
    PlanView,
    SpecialDay,
    TargetsBody,
)
from services.tickets.api.answers import json_answer
from services.tickets.api.routes import ThePlans
from services.tickets.domain.calendar import Calendar, Hours
from services.tickets.domain.holidays import holidays_in
from services.tickets.domain.plan import DEFAULT_PLAN_ID, Plan
from services.tickets.use_cases.keep_plans import add_plan, change_plan

_KEEPING = frozenset({"dispatcher", "manager", "admin"})
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
router = APIRouter(prefix="/plans")


async def _the_keeper(staff: Staff) -> Principal:
    if _KEEPING.isdisjoint(staff.roles):
        raise Problem(403, "Your role does not allow this.")
    return staff


Keeper = Annotated[Principal, Depends(_the_keeper)]


@router.get("")
async def list_plans(_staff: Staff, plans: ThePlans) -> Response:
    return json_answer(
        PlanList(items=[plan_view(plan) for plan in await plans.all()]).model_dump(by_alias=True)
    )


@router.post("")
async def post_plan(new: NewPlan, _staff: Keeper, key: Key, plans: ThePlans) -> Response:
    return _answer(await add_plan(plans, new, key), 201)


@router.get("/{plan_id}")
async def get_plan(plan_id: UUID, _staff: Staff, plans: ThePlans) -> Response:
    return _answer(await plans.get(plan_id))


@router.patch("/{plan_id}")
async def patch_plan(
    plan_id: UUID, patch: PlanPatch, _staff: Keeper, version: Version, plans: ThePlans
) -> Response:
    return _answer(await change_plan(plans, plan_id, patch, version))


@router.delete("/{plan_id}")
async def delete_plan(plan_id: UUID, _staff: Keeper, version: Version, plans: ThePlans) -> Response:
    """Archived, not erased."""
    await change_plan(plans, plan_id, PlanPatch(archived=True), version)
    return Response(status_code=204)


@router.get("/{plan_id}/days")
async def list_days(
    plan_id: UUID,
    _staff: Staff,
    plans: ThePlans,
    first: Annotated[Day | None, Query(alias="from")] = None,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS_SHOWN)] = 28,
) -> Response:
    calendar, at = (await plans.get(plan_id)).calendar, now()
    start = first or at.astimezone(ZoneInfo(calendar.zone)).date()
    shown = [_day(calendar, start + offset * _DAY) for offset in range(days)]
    is_working = bool(calendar.working_time(at, at + _MINUTE))
    return json_answer(
        PlanDays(items=shown, now=at, is_working=is_working).model_dump(mode="json", by_alias=True)
    )


def plan_view(plan: Plan) -> PlanView:
    calendar = plan.calendar
    return PlanView(
        id=plan.id,
        name=plan.name,
        calendar=CalendarBody(
            zone=calendar.zone,
            week=[_intervals(calendar.week.get(weekday, ())) for weekday in range(7)],
            country=calendar.country,
            special=[
                SpecialDay(day=day, hours=_intervals(hours))
                for day, hours in sorted(calendar.special.items())
            ],
        ),
        targets={
            priority: TargetsBody(reaction=one.reaction, resolution=one.resolution)
            for priority, one in plan.targets.items()
        },
        is_default=plan.id == DEFAULT_PLAN_ID,
        archived=plan.archived,
        version=plan.version,
    )


def _intervals(hours: tuple[Hours, ...]) -> list[Interval]:
    return [Interval.model_validate({"from": start, "to": end}) for start, end in hours]


def _day(calendar: Calendar, day: Day) -> PlanDay:
    zone = ZoneInfo(calendar.zone)
    midnight = datetime.combine(day, datetime.min.time(), zone)
    counted = calendar.working_time(midnight, datetime.combine(day + _DAY, datetime.min.time(), zone))
    return PlanDay(
        day=day,
        hours=_intervals(calendar.hours_on(day)),
        holiday=holidays_in(calendar.country, day.year).get(day, ""),
        minutes=counted // _MINUTE,
    )


def _answer(plan: Plan, status: int = 200) -> Response:
    return json_answer(
        plan_view(plan).model_dump(mode="json", by_alias=True), status=status, version=plan.version
    )
