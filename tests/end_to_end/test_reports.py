"""What specialists do is in the reports within seconds, and still there after all is rebuilt from nothing."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from typing import Any

from chassis.clock import new_id
from deploy.local.services import ROOT
from deploy.local.stack import Stack
from tests.calendar import today
from tests.end_to_end.callers import Caller, Device, eventually
from tests.end_to_end.conftest import COMPANY_B, Enrol


async def _ticket(employee: Device, specialist: Caller, minutes: int, *, additional: bool) -> int:
    submitted = await employee.submit("Телескоп не фокусируется")
    number = int((await employee.numbered(submitted["id"]))["number"])
    work = {"text": "Протёр линзу", "minutes": minutes, "additional": additional}
    await specialist.post(f"/tickets/{number}/entries", work)
    return number


def _these_days() -> str:
    """Wherever midnight or the end of a month is."""
    return f"from={today() - timedelta(1)}&to={today() + timedelta(1)}"


async def _line(caller: Caller, number: int, days: str) -> dict[str, Any] | None:
    found = await caller.get(f"/reports/lines?figure=worked&limit=200&{days}")
    return next((line for line in found["items"] if line["number"] == number), None)


async def test_work_is_in_the_report_and_goes_over_with_a_merge_and_survives_a_rebuild(
    helpdesk: Stack, admin: Caller, specialist: Caller, enrol: Enrol
) -> None:
    # Of its own: what others have done before may still be on its way.
    days = _these_days()
    company = await admin.post("/companies", {"name": f"ООО «Обсерватория {new_id()}»"})
    employee = await enrol((await admin.post(f"/companies/{company['id']}/codes", {}))["code"])
    source = await _ticket(employee, specialist, 25, additional=True)
    target = await _ticket(employee, specialist, 10, additional=False)
    await specialist.post(f"/tickets/{source}/merge", {"into": target})

    async def merged() -> dict[str, Any] | None:
        line = await _line(specialist, target, days)
        return line if line and line["minutes"] == 35 and not await _line(specialist, source, days) else None

    line = await eventually(merged)
    bar = await specialist.get(f"/tickets/{target}/sla")
    assert line["additional_minutes"] == 25
    assert line["reaction_minutes"] == bar["reaction"]["used_minutes"]
    assert line["reaction_due"] == bar["reaction"]["due"]

    own = f"/reports/work?company={company['id']}&{days}"

    async def settled() -> dict[str, Any] | None:
        """Figures follow the lines by a moment: until then they are of two tickets, with the same minutes."""
        report: dict[str, Any] = await specialist.get(own)
        totals = report["totals"]
        return report if (totals["tickets"], totals["minutes"]) == (1, 35) else None

    before = await eventually(settled)
    reporting = helpdesk.services["reporting"]
    command = [sys.executable, "-m", "services.reporting.rebuild"]
    environment = {**os.environ, **reporting.environment}
    rebuild = await asyncio.create_subprocess_exec(*command, env=environment, cwd=ROOT)
    assert await rebuild.wait() == 0
    after = await specialist.get(own)
    assert {**after, "as_of": 0} == {**before, "as_of": 0}


async def test_a_managers_file_is_made_in_the_background_of_the_own_company_only(
    admin: Caller, specialist: Caller, enrol: Enrol
) -> None:
    manager = await enrol(COMPANY_B)
    path = f"/people/{manager.person['id']}"
    person = await admin.get(path)
    await admin.patch(path, {"is_manager": True}, **{"If-Match": f'"{person["version"]}"'})
    await admin.patch(f"/devices/{manager.id}", {"confirmed": True})

    async def allowed() -> bool:
        return (await manager.call("GET", "/report-exports")).status == 200

    await eventually(allowed)
    asked = {"report": "work", "format": "csv", "company": manager.company["id"]}
    key = new_id()
    export = await manager.post("/report-exports", asked, key=key)
    assert (await manager.post("/report-exports", asked, key=key))["id"] == export["id"]

    async def ready() -> bool:
        made = await manager.get(f"/report-exports/{export['id']}")
        return bool(made["state"] == "ready")

    await eventually(ready)
    file = await manager.call("GET", f"/report-exports/{export['id']}/file")
    assert file.status == 200
    assert file.body.startswith("\ufeffАкт выполненных работ".encode())
    assert manager.company["name"] in file.body.decode()
    for stranger in (specialist, await enrol(COMPANY_B)):
        refused = await stranger.call("GET", f"/report-exports/{export['id']}/file")
        assert refused.status in (403, 404)
        assert refused.is_problem
