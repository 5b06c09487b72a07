"""From the assignment to the first reaction, in the shift of whoever was to react."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from chassis.clock import new_id, now
from contracts.gateway import StaffSaved
from contracts.shift import Shift, ShiftHours
from services.tickets.domain.calendar import Calendar, Hours
from tests.contract.tickets.conftest import SPECIALIST, Desk

_ALWAYS = Shift(zone="UTC", week=((ShiftHours(from_=time(0), to=time(0)),),) * 7)


@pytest.mark.parametrize("shift", [_ALWAYS, None])
async def test_the_shift_is_what_counts_from_the_assignment(desk: Desk, shift: Shift | None) -> None:
    said = StaffSaved(
        id=SPECIALIST.id, version=1, full_name=SPECIALIST.full_name, roles=["specialist"], shift=shift
    )
    await desk.colleagues.save(said)
    number = await desk.receive()
    await desk("PATCH", f"/tickets/{number}", {"assignee": str(SPECIALIST.id)})
    earlier = now() - timedelta(days=7, minutes=5)
    await desk.kept["tickets"].update_one({"number": number}, {"$set": {"assigned_at": earlier}})
    await desk("POST", f"/tickets/{number}/entries", {"text": "Смотрю", "public": True})
    counted = (await desk("GET", f"/tickets/{number}")).body["assigned_reaction_minutes"]
    whole_week = 7 * 24 * 60 + 5
    if shift:
        assert counted == whole_week
    else:
        assert counted < whole_week // 3, "by the office hours of the plan"


async def test_a_shift_is_read_as_a_calendar(desk: Desk) -> None:
    week = ((ShiftHours(from_=time(9), to=time(13)), ShiftHours(from_=time(14), to=time(18))), *((),) * 6)
    someone = new_id()
    shift = Shift(zone="Asia/Omsk", week=week)
    await desk.colleagues.save(
        StaffSaved(id=someone, version=1, full_name="Кто-то", roles=["specialist"], shift=shift)
    )
    hours = (Hours(time(9), time(13)), Hours(time(14), time(18)))
    found = await desk.colleagues.shift_of(someone)
    assert found == Calendar(zone="Asia/Omsk", week={0: hours, **dict.fromkeys(range(1, 7), ())})
