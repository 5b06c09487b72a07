"""What specialists do is in the reports within seconds, and still there after all is rebuilt from nothing."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from deploy.local.services import ROOT
from deploy.local.stack import Stack
from tests.end_to_end.callers import Caller, Device, eventually


async def _ticket(employee: Device, specialist: Caller, minutes: int, *, additional: bool) -> int:
    submitted = await employee.submit("Телескоп не фокусируется")
    number = int((await employee.numbered(submitted["id"]))["number"])
    work = {"text": "Протёр линзу", "minutes": minutes, "additional": additional}
    await specialist.post(f"/tickets/{number}/entries", work)
    return number


async def _line(caller: Caller, number: int) -> dict[str, Any] | None:
    found = await caller.get("/reports/lines?figure=worked&limit=200")
    return next((line for line in found["items"] if line["number"] == number), None)


async def test_work_is_in_the_report_and_goes_over_with_a_merge_and_survives_a_rebuild(
    helpdesk: Stack, employee: Device, specialist: Caller
) -> None:
    source = await _ticket(employee, specialist, 25, additional=True)
    target = await _ticket(employee, specialist, 10, additional=False)
    await specialist.post(f"/tickets/{source}/merge", {"into": target})

    async def merged() -> dict[str, Any] | None:
        line = await _line(specialist, target)
        return line if line and line["minutes"] == 35 and not await _line(specialist, source) else None

    line = await eventually(merged)
    bar = await specialist.get(f"/tickets/{target}/sla")
    assert line["additional_minutes"] == 25
    assert line["reaction_minutes"] == bar["reaction"]["used_minutes"]
    assert line["reaction_due"] == bar["reaction"]["due"]

    async def settled() -> dict[str, Any] | None:
        report: dict[str, Any] = await specialist.get("/reports/work")
        return (
            report if sum(one["minutes"] for one in report["lines"]) == report["totals"]["minutes"] else None
        )

    before = await eventually(settled)
    reporting = helpdesk.services["reporting"]
    command = [sys.executable, "-m", "services.reporting.rebuild"]
    environment = {**os.environ, **reporting.environment}
    rebuild = await asyncio.create_subprocess_exec(*command, env=environment, cwd=ROOT)
    assert await rebuild.wait() == 0
    after = await specialist.get("/reports/work")
    assert {**after, "as_of": 0} == {**before, "as_of": 0}
