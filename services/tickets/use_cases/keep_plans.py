"""SLA plans are added, changed and archived; the default one always holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import ValidationError

from contracts.plans_http import CalendarBody, Interval, NewPlan, PlanPatch, TargetsBody
from contracts.tickets import Priority
from services.tickets.domain.calendar import Calendar, Hours
from services.tickets.domain.errors import ConflictError, KeyReusedError, RuleError
from services.tickets.domain.plan import DEFAULT_PLAN_ID, Plan, Targets
from services.tickets.domain.storage import PlanStorage


async def add_plan(plans: PlanStorage, new: NewPlan, key: UUID) -> Plan:
    """Under the key as its id, so that the same again makes nothing; raises RuleError, KeyReusedError."""
    plan = _plan({"id": key, "name": new.name, **_counted(new.calendar, new.targets)})
    try:
        await plans.add(plan)
    except KeyReusedError:
        before = await plans.get(key)
        if before.version != 1 or before != plan:
            raise
    return plan


async def change_plan(plans: PlanStorage, key: UUID, patch: PlanPatch, version: int | None) -> Plan:
    """Raises PlanNotFoundError, RuleError, ConflictError when `version` is no longer the newest."""
    before = await plans.get(key)
    if version is not None and before.version != version:
        raise ConflictError
    wanted: dict[str, Any] = {
        name: getattr(patch, name) for name in patch.model_fields_set & {"name", "archived"}
    }
    wanted |= _counted(patch.calendar, patch.targets)
    if wanted.get("archived") and key == DEFAULT_PLAN_ID:
        raise RuleError("archived", "this plan holds where no contract names another; it can be changed")
    after = _plan({**before.model_dump(), **wanted})
    if after == before:
        return before
    after = after.model_copy(update={"version": before.version + 1})
    await plans.save(after)
    return after


def _plan(fields: dict[str, Any]) -> Plan:
    try:
        return Plan.model_validate(fields)
    except ValidationError as error:
        raise _rule(error, "targets") from error


def _counted(calendar: CalendarBody | None, targets: dict[Priority, TargetsBody] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if calendar:
        found["calendar"] = _calendar(calendar)
    if targets is not None:
        found["targets"] = {name: Targets(one.reaction, one.resolution) for name, one in targets.items()}
    return found


def _calendar(body: CalendarBody) -> Calendar:
    try:
        return Calendar(
            zone=body.zone,
            week={weekday: _hours(intervals) for weekday, intervals in enumerate(body.week)},
            country=body.country.upper(),
            special={special.day: _hours(special.hours) for special in body.special},
        )
    except ValidationError as error:
        raise _rule(error, "calendar") from error


def _hours(intervals: list[Interval]) -> tuple[Hours, ...]:
    return tuple(Hours(one.from_, one.to) for one in intervals)


def _rule(error: ValidationError, field: str) -> RuleError:
    message = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    return RuleError(field, message)
