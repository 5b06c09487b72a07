"""Schedules are made, changed and ended by those who may see all that is in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.principal import Principal
from contracts.contact import email_key
from contracts.schedules_http import MOST_SCHEDULES, NewSchedule, SchedulePatch, SendNow
from services.reporting.domain.schedule import (
    Delivery,
    Schedule,
    ScheduleKeyReusedError,
    ScheduleNotFoundError,
    ScheduleRuleError,
    ScheduleStorage,
    StaleScheduleError,
    letters,
    month_before,
)

_SHOWN = 200


async def list_schedules(schedules: ScheduleStorage, staff: Principal) -> list[Schedule]:
    return [one for one in await schedules.all() if one.is_within(staff.companies)]


async def find_schedule(schedules: ScheduleStorage, key: UUID, staff: Principal) -> Schedule:
    """Raises ScheduleNotFoundError, the same for what is not there and what is not theirs."""
    found = await schedules.get(key)
    if not found.is_within(staff.companies):
        raise ScheduleNotFoundError
    return found


async def add_schedule(
    schedules: ScheduleStorage, new: NewSchedule, staff: Principal, key: UUID, at: datetime, zone: ZoneInfo
) -> Schedule:
    """Under the key as its id, so that the same again makes nothing."""
    if len(await schedules.all()) >= MOST_SCHEDULES:
        raise ScheduleRuleError("name", "there are too many schedules")
    schedule = Schedule.model_validate(
        {
            **new.model_dump(),
            "id": key,
            "companies": _reach(new.company, staff),
            "since": at.astimezone(zone).date(),
        }
    )
    schedule.must_be_for_its_readers()
    try:
        await schedules.add(schedule)
    except ScheduleKeyReusedError:
        before = await schedules.get(key)
        if before.model_copy(update={"since": schedule.since}) != schedule:
            raise
        return before
    return schedule


async def change_schedule(
    schedules: ScheduleStorage,
    key: UUID,
    patch: SchedulePatch,
    staff: Principal,
    version: int | None,
    at: datetime,
    zone: ZoneInfo,
) -> Schedule:
    """Raises ScheduleNotFoundError, StaleScheduleError, ScheduleRuleError."""
    before = await find_schedule(schedules, key, staff)
    if version is not None and version != before.version:
        raise StaleScheduleError
    wanted: dict[str, Any] = {name: getattr(patch, name) for name in patch.model_fields_set}
    if "company" in wanted and wanted["company"] != before.company:
        wanted["companies"] = _reach(patch.company, staff)
    if wanted.get("active") and not before.active:
        wanted["since"] = at.astimezone(zone).date()
    after = Schedule.model_validate({**before.model_dump(), **wanted})
    after.must_be_for_its_readers()
    if after == before:
        return before
    after = after.model_copy(update={"version": before.version + 1})
    await schedules.save(after)
    return after


async def end_schedule(schedules: ScheduleStorage, key: UUID, staff: Principal, version: int | None) -> None:
    before = await find_schedule(schedules, key, staff)
    await schedules.remove(key, before.version if version is None else version)


async def send_now(
    schedules: ScheduleStorage,
    key: UUID,
    wanted: SendNow,
    staff: Principal,
    asked: UUID,
    at: datetime,
    zone: ZoneInfo,
) -> list[Delivery]:
    """Now, or again, to one or all of its recipients; the same `asked` twice sends it once."""
    schedule = await find_schedule(schedules, key, staff)
    month = wanted.month or month_before(at.astimezone(zone).date())
    made = letters(schedule, month, at, key=asked, only=_recipient(schedule, wanted.recipient))
    await schedules.queue(made)
    return made


async def list_deliveries(schedules: ScheduleStorage, key: UUID, staff: Principal) -> list[Delivery]:
    schedule = await find_schedule(schedules, key, staff)
    return await schedules.deliveries(schedule.id, _SHOWN)


def _recipient(schedule: Schedule, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    found = [one for one in schedule.recipients if email_key(one) == email_key(wanted)]
    if not found:
        raise ScheduleRuleError("recipient", "is no recipient of this schedule")
    return found[0]


def _reach(company: UUID | None, staff: Principal) -> tuple[UUID, ...] | None:
    """What a schedule may hold: no more than whoever makes it may see."""
    if company is None:
        return staff.companies
    if not staff.may_see_company(company):
        raise ScheduleRuleError("company", "there is no such company")
    return (company,)
