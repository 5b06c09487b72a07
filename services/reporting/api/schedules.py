"""The routes of reports by e-mail: kept by dispatchers, managers and admins, within what they may see."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel

from chassis.clock import now
from chassis.parameters import Key, Version
from chassis.principal import Principal, Staff
from chassis.problems import Problem
from chassis.refusals import refuse, rule_response
from contracts.people import CompanyRef
from contracts.schedules_http import (
    DeliveryList,
    DeliveryView,
    NewSchedule,
    ScheduleList,
    SchedulePatch,
    ScheduleView,
    SendNow,
)
from services.reporting.api.reports import TheArchive
from services.reporting.domain.reports.names import Names
from services.reporting.domain.schedule import (
    Delivery,
    Schedule,
    ScheduleKeyReusedError,
    ScheduleNotFoundError,
    ScheduleRuleError,
    ScheduleStorage,
    StaleScheduleError,
)
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.use_cases.keep_schedules import (
    add_schedule,
    change_schedule,
    end_schedule,
    find_schedule,
    list_deliveries,
    list_schedules,
    send_now,
)

_KEEPING = frozenset({"dispatcher", "manager", "admin"})
router = APIRouter(prefix="/report-schedules")


async def _the_keeper(staff: Staff) -> Principal:
    if _KEEPING.isdisjoint(staff.roles):
        raise Problem(403, "Your role does not allow this.")
    return staff


async def _the_schedules(request: Request) -> ScheduleStorage:
    return request.app.state.schedules  # type: ignore[no-any-return]


async def _the_zone(request: Request) -> ZoneInfo:
    return request.app.state.zone  # type: ignore[no-any-return]


Keeper = Annotated[Principal, Depends(_the_keeper)]
TheSchedules = Annotated[ScheduleStorage, Depends(_the_schedules)]
TheZone = Annotated[ZoneInfo, Depends(_the_zone)]


@router.get("")
async def get_schedules(
    request: Request, staff: Keeper, schedules: TheSchedules, archive: TheArchive, zone: TheZone
) -> Response:
    found = await list_schedules(schedules, staff)
    names = await _names(archive, found)
    items = [_view(one, names, now().astimezone(zone).date()) for one in found]
    return _json(ScheduleList(items=items, can_send=request.app.state.can_send))


@router.post("")
async def post_schedule(
    new: NewSchedule, staff: Keeper, key: Key, schedules: TheSchedules, archive: TheArchive, zone: TheZone
) -> Response:
    return await _answer(archive, await add_schedule(schedules, new, staff, key, now(), zone), zone, 201)


@router.get("/{schedule_id}")
async def get_schedule(
    schedule_id: UUID, staff: Keeper, schedules: TheSchedules, archive: TheArchive, zone: TheZone
) -> Response:
    return await _answer(archive, await find_schedule(schedules, schedule_id, staff), zone)


@router.patch("/{schedule_id}")
async def patch_schedule(
    schedule_id: UUID,
    patch: SchedulePatch,
    staff: Keeper,
    version: Version,
    schedules: TheSchedules,
    archive: TheArchive,
    zone: TheZone,
) -> Response:
    changed = await change_schedule(schedules, schedule_id, patch, staff, version, now(), zone)
    return await _answer(archive, changed, zone)


@router.delete("/{schedule_id}")
async def delete_schedule(
    schedule_id: UUID, staff: Keeper, version: Version, schedules: TheSchedules
) -> Response:
    await end_schedule(schedules, schedule_id, staff, version)
    return Response(status_code=204)


@router.get("/{schedule_id}/deliveries")
async def get_deliveries(schedule_id: UUID, staff: Keeper, schedules: TheSchedules) -> Response:
    return _deliveries(await list_deliveries(schedules, schedule_id, staff))


@router.post("/{schedule_id}/deliveries")
async def post_deliveries(
    schedule_id: UUID, wanted: SendNow, staff: Keeper, key: Key, schedules: TheSchedules, zone: TheZone
) -> Response:
    """Queued, to be sent within seconds."""
    made = await send_now(schedules, schedule_id, wanted, staff, key, now(), zone)
    return _deliveries(made, 202)


def _deliveries(found: list[Delivery], status: int = 200) -> Response:
    items = [DeliveryView.model_validate(one.model_dump()) for one in found]
    return _json(DeliveryList(items=items), status)


async def _names(archive: ArchiveStorage, found: list[Schedule]) -> Names:
    return Names(await archive.names({str(one.company) for one in found if one.company}))


def _view(schedule: Schedule, names: Names, today: date) -> ScheduleView:
    company: CompanyRef | None = names.company(str(schedule.company)) if schedule.company else None
    return ScheduleView(
        company=company,
        next_on=schedule.next_day(today),
        **schedule.model_dump(exclude={"company", "companies", "since"}),
    )


async def _answer(archive: ArchiveStorage, schedule: Schedule, zone: ZoneInfo, status: int = 200) -> Response:
    view = _view(schedule, await _names(archive, [schedule]), now().astimezone(zone).date())
    return _json(view, status, {"ETag": f'"{schedule.version}"'})


def _json(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(body.model_dump_json(), status, headers, media_type="application/json")


def install_answers(app: FastAPI) -> None:
    refuse(
        app,
        {
            ScheduleNotFoundError: (404, "There is no such schedule."),
            StaleScheduleError: (409, "Somebody changed this meanwhile; read it again and decide anew."),
            ScheduleKeyReusedError: (409, "Something else was made under this key."),
        },
    )

    async def refused(_request: Request, error: ScheduleRuleError) -> Response:
        return rule_response(error.field, error.message)

    app.add_exception_handler(ScheduleRuleError, refused)  # type: ignore[arg-type]
