"""What was worked for a company in a month."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chassis.clock import new_id, now
from services.tickets.store.work import prepare_work
from tests.contract.tickets.conftest import COMPANY, DEVICE, LIMITED, OTHER_COMPANY, Desk


def _this_month() -> str:
    return now().astimezone(ZoneInfo("Europe/Moscow")).strftime("%Y-%m")


async def _minutes(desk: Desk, company: object = COMPANY, month: str = "") -> tuple[int, int]:
    month = month or _this_month()
    answer = await desk("GET", f"/companies/{company}/minutes?month={month}")
    assert answer.status == 200, answer.body
    assert (answer.body["company_id"], answer.body["month"]) == (str(company), month)
    return answer.body["minutes"], answer.body["additional_minutes"]


async def _work(desk: Desk, number: int, minutes: int, **fields: Any) -> str:
    body = {"text": "сделано", "minutes": minutes, **fields}
    answer = await desk("POST", f"/tickets/{number}/entries", body)
    assert answer.status == 201
    entry: str = answer.body["entries"][-1]["id"]
    return entry


async def test_work_of_all_a_companys_tickets_is_summed_additional_apart(desk: Desk) -> None:
    first, second, foreign = (
        await desk.receive(),
        await desk.receive(),
        await desk.receive(company=OTHER_COMPANY),
    )
    await _work(desk, first, 30)
    await _work(desk, first, 15, additional=True)
    await _work(desk, second, 5, public=True)
    await _work(desk, foreign, 100)
    assert await _minutes(desk) == (35, 15)
    assert await _minutes(desk, OTHER_COMPANY) == (100, 0)
    assert await _minutes(desk, month="2020-01") == (0, 0)
    assert await _minutes(desk, new_id()) == (0, 0)


async def test_a_correction_counts_at_once(desk: Desk) -> None:
    number = await desk.receive()
    entry = await _work(desk, number, 30)
    path = f"/tickets/{number}/entries/{entry}"
    assert (await desk("PATCH", path, {"minutes": 20, "additional": True})).status == 200
    assert await _minutes(desk) == (0, 20)
    assert (await desk("PATCH", path, {"minutes": None})).status == 200
    assert await _minutes(desk) == (0, 0)


async def test_the_month_ends_at_midnight_where_we_work(desk: Desk) -> None:
    number = await desk.receive()
    await _work(desk, number, 10)
    before, after = (
        datetime(2026, 10, 31, 20, 59, tzinfo=UTC),
        datetime(2026, 10, 31, 21, 0, tzinfo=UTC),
    )
    for at, month in ((before, "2026-10"), (after, "2026-11")):
        await _age(desk, number, at)
        assert await _minutes(desk, month=month) == (10, 0)


async def test_tickets_from_before_are_counted_once(desk: Desk) -> None:
    numbers = [await desk.receive() for _ in range(3)]
    for number in numbers:
        await _work(desk, number, 7)
    await desk.kept["tickets"].update_many({}, {"$unset": {"worked": 1}})
    assert await _minutes(desk) == (0, 0)
    await desk.kept["counters"].delete_one({"_id": "worked by month"})
    await prepare_work(desk.tickets.collection, desk.kept["counters"], ZoneInfo("Europe/Moscow"))
    assert await _minutes(desk) == (21, 0)


async def test_only_the_tickets_of_that_month_are_read(desk: Desk) -> None:
    for _ in range(5):
        await _work(desk, await desk.receive(), 1)
    await desk.receive()
    match = {"company.id": COMPANY, "worked.month": _this_month()}
    explained = await desk.kept["tickets"].find(match).explain()
    assert explained["executionStats"]["totalDocsExamined"] == 5


async def test_only_staff_who_may_see_the_company_learn_it(desk: Desk) -> None:
    path = f"/companies/{OTHER_COMPANY}/minutes?month={_this_month()}"
    foreign = await desk("GET", path, who=LIMITED)
    absent = await desk("GET", f"/companies/{new_id()}/minutes?month={_this_month()}", who=LIMITED)
    assert foreign.status == absent.status == 404
    assert foreign.body == absent.body
    assert (await desk("GET", path, who=DEVICE)).status == 403


@pytest.mark.parametrize(
    "month", ["", "2026", "2026-13", "0000-01", "9999-12", "2026-11-01", "%24ne", "٢٠٢٦-١١"]
)
async def test_what_is_no_month_is_refused(desk: Desk, month: str) -> None:
    assert (await desk("GET", f"/companies/{COMPANY}/minutes?month={month}")).status == 422


async def _age(desk: Desk, number: int, at: datetime) -> None:
    """As if the work had been logged then."""
    ticket = await desk.tickets.get(number)
    ticket.entries = [
        entry.model_copy(update={"at": at}) if entry.minutes else entry for entry in ticket.entries
    ]
    ticket.version += 1
    await desk.tickets.save(ticket, [])


async def test_open_tickets_are_counted_for_several_companies_and_only_for_the_callers(desk: Desk) -> None:
    first = await desk.receive()
    await desk.receive()
    await desk.receive(company=OTHER_COMPANY)
    assert (await desk("PATCH", f"/tickets/{first}", {"status": "resolved"})).status == 200
    path = f"/open-tickets?company={COMPANY}&company={OTHER_COMPANY}&company={new_id()}"
    both = {str(COMPANY): 1, str(OTHER_COMPANY): 1}
    counted = (await desk("GET", path)).body["items"]
    assert {one["company_id"]: one["open"] for one in counted} == both
    limited = (await desk("GET", path, who=LIMITED)).body["items"]
    assert [one["company_id"] for one in limited] == [str(company) for company in LIMITED.companies or ()]
    assert (await desk("GET", path, who=DEVICE)).status == 403
