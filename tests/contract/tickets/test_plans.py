"""SLA plans: kept, chosen by contracts, and open tickets wound anew when they change."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.clock import new_id, now
from chassis.principal import Principal
from contracts.terms import ContractSaved
from services.tickets.domain.plan import DEFAULT_PLAN_ID
from services.tickets.use_cases.replan import hear_contract, wind_anew
from services.tickets.use_cases.watch_clock import close_silent, tell_deadlines
from tests.contract.tickets.conftest import COMPANY, OTHER_COMPANY, SPECIALIST, ZONE, Desk

MANAGER = Principal(kind="staff", id=new_id(), full_name="Зимина Ольга", roles=("manager",))


def _targets(reaction: int, resolution: int) -> dict[str, Any]:
    return {
        name: {"reaction": reaction, "resolution": resolution} for name in ("low", "normal", "high", "urgent")
    }


_ROUND_THE_CLOCK: dict[str, Any] = {
    "name": "Круглосуточный",
    "calendar": {"zone": "Europe/Moscow", "week": [[{"from": "00:00", "to": "00:00"}]] * 7},
    "targets": _targets(10, 60),
}


_NIGHT = [{"from": "00:00", "to": "01:00"}]


async def _plan(desk: Desk, **fields: Any) -> dict[str, Any]:
    made = await desk("POST", "/plans", {**_ROUND_THE_CLOCK, **fields}, who=MANAGER)
    assert made.status == 201, made.body
    view: dict[str, Any] = made.body
    return view


def _contract(plan: dict[str, Any] | None, version: int = 1, **fields: Any) -> ContractSaved:
    said = {"id": new_id(), "number": "1/26", "valid_from": date(2026, 1, 1)}
    plan_id = plan["id"] if plan else None
    return ContractSaved(**{**said, "company_id": COMPANY, "version": version, "plan_id": plan_id, **fields})


async def _sla(desk: Desk, number: int) -> dict[str, Any]:
    found: dict[str, Any] = (await desk("GET", f"/tickets/{number}")).body["sla"]
    return found


@pytest.fixture(autouse=True)
async def _no_contracts(desk: Desk) -> None:
    await desk.kept["contracts"].delete_many({})


async def test_a_plan_is_kept_once_for_a_key_and_read_again(desk: Desk) -> None:
    key = str(new_id())
    made = [
        await desk("POST", "/plans", _ROUND_THE_CLOCK, who=MANAGER, **{"Idempotency-Key": key})
        for _ in range(2)
    ]
    assert [one.status for one in made] == [201, 201]
    assert made[0].body == made[1].body == (await desk("GET", f"/plans/{key}")).body
    other = await desk(
        "POST", "/plans", {**_ROUND_THE_CLOCK, "name": "Другой"}, who=MANAGER, **{"Idempotency-Key": key}
    )
    assert other.status == 409


async def test_a_specialist_reads_plans_and_does_not_keep_them(desk: Desk) -> None:
    assert (await desk("GET", "/plans")).status == 200
    assert (await desk("POST", "/plans", _ROUND_THE_CLOCK, who=SPECIALIST)).status == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"calendar": {"zone": "Москва", "week": [[]] * 7}},
        {"calendar": {"zone": "UTC", "week": [[]] * 7}},
        {"calendar": {"zone": "UTC", "week": [[{"from": "12:00", "to": "09:00"}]] * 7}},
        {"calendar": {"zone": "UTC", "week": [[{"from": "09:00:30", "to": "10:00"}]] * 7}},
        {"calendar": {"zone": "UTC", "week": [[{"from": "09:00", "to": "10:00"}]] * 7, "country": "XX"}},
        {"targets": {"normal": {"reaction": 10, "resolution": 60}}},
        {"targets": _targets(90, 60)},
        {"name": ""},
        {"colour": "red"},
    ],
)
async def test_a_plan_that_cannot_be_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    assert (await desk("POST", "/plans", {**_ROUND_THE_CLOCK, **wrong}, who=MANAGER)).status == 422


async def test_the_default_plan_can_be_changed_and_never_archived(desk: Desk) -> None:
    path = f"/plans/{DEFAULT_PLAN_ID}"
    assert (await desk("PATCH", path, {"archived": True}, who=MANAGER)).status == 422
    stale = await desk("PATCH", path, {"name": "Наш"}, who=MANAGER, **{"If-Match": '"99"'})
    assert stale.status == 409


async def test_days_to_come_are_shown_with_their_holidays(desk: Desk) -> None:
    shown = await desk("GET", f"/plans/{DEFAULT_PLAN_ID}/days?from=2026-12-30&days=3")
    assert [(one["day"], one["minutes"]) for one in shown.body["items"]] == [
        ("2026-12-30", 540), ("2026-12-31", 0), ("2027-01-01", 0),
    ]  # fmt: skip
    assert shown.body["items"][2]["holiday"]


async def test_the_contract_of_the_day_names_the_plan(desk: Desk) -> None:
    plan = await _plan(desk)
    await hear_contract(desk.tickets, desk.plans, _contract(plan), ZONE, now())
    ours, theirs = await desk.receive(), await desk.receive(company=OTHER_COMPANY)
    assert (await _sla(desk, ours))["plan"] == "Круглосуточный"
    assert (await _sla(desk, theirs))["plan"] == "Стандартный"
    clock = (await desk("GET", f"/tickets/{ours}/sla")).body
    assert (clock["plan"], clock["reaction"]["target_minutes"]) == ("Круглосуточный", 10)


async def test_a_contract_heard_later_gives_open_tickets_its_plan_and_says_so_in_the_log(desk: Desk) -> None:
    open_one, ended = await desk.receive(), await desk.receive()
    await desk("PATCH", f"/tickets/{ended}", {"status": "resolved"})
    plan = await _plan(desk)
    contract = _contract(plan)
    for _ in range(2):
        await hear_contract(desk.tickets, desk.plans, contract, ZONE, now())
    found = (await desk("GET", f"/tickets/{open_one}")).body
    changes = [change for entry in found["entries"] for change in entry["changes"]]
    assert changes == [{"field": "plan", "before": "Стандартный", "after": "Круглосуточный"}]
    assert found["sla"]["resolution_target"] == 60
    assert (await _sla(desk, ended))["plan"] == "Стандартный"


async def test_a_changed_plan_winds_open_tickets_anew_even_by_two_replicas_at_once(desk: Desk) -> None:
    plan = await _plan(desk)
    await hear_contract(desk.tickets, desk.plans, _contract(plan), ZONE, now())
    numbers = [await desk.receive() for _ in range(5)]
    wanted = {"targets": _targets(20, 600)}
    assert (await desk("PATCH", f"/plans/{plan['id']}", wanted, who=MANAGER)).status == 200
    desk.plans.forget()
    await asyncio.gather(*(wind_anew(desk.tickets, desk.plans, now()) for _ in range(2)))
    assert await wind_anew(desk.tickets, desk.plans, now()) == 0
    for number in numbers:
        ticket = (await desk("GET", f"/tickets/{number}")).body
        assert (ticket["sla"]["resolution_target"], ticket["version"]) == (600, 2)


async def test_what_is_over_keeps_the_plan_by_which_it_ended_until_it_is_reopened(desk: Desk) -> None:
    plan = await _plan(desk)
    await hear_contract(desk.tickets, desk.plans, _contract(plan), ZONE, now())
    number = await desk.receive(received_at=now() - timedelta(minutes=50))
    ended = (await desk("PATCH", f"/tickets/{number}", {"status": "resolved"})).body["sla"]
    clock = (await desk("GET", f"/tickets/{number}/sla")).body
    wanted = {"targets": _targets(1, 5), "calendar": {"zone": "Europe/Moscow", "week": [[]] * 6 + [_NIGHT]}}
    assert (await desk("PATCH", f"/plans/{plan['id']}", wanted, who=MANAGER)).status == 200

    assert (await desk("GET", f"/tickets/{number}/sla")).body == clock
    assert (clock["resolution"]["target_minutes"], clock["resolution"]["used_minutes"]) == (
        ended["resolution_target"],
        ended["resolution_minutes"],
    )
    page = (await desk("GET", f"/tickets/{number}/desk")).body
    assert page["clock"] == clock
    noted = await desk("POST", f"/tickets/{number}/entries", {"text": "задним числом", "minutes": 5})
    assert noted.body["sla"] == ended

    await desk("PATCH", f"/tickets/{number}", {"status": "in_progress"})
    desk.plans.forget()
    await wind_anew(desk.tickets, desk.plans, now())
    assert (await _sla(desk, number))["resolution_target"] == 5


async def test_a_ticket_from_before_there_were_plans_gets_the_default_one(desk: Desk) -> None:
    number = await desk.receive()
    without = {"promise": "", "assigned_at": "", "breach_reason": "", "assigned_reaction_minutes": ""}
    await desk.kept["tickets"].update_one({"number": number}, {"$unset": without})
    assert (await _sla(desk, number))["plan"] in ("", "Стандартный"), "the service winds it anew by itself"
    await wind_anew(desk.tickets, desk.plans, now())
    assert (await _sla(desk, number))["plan"] == "Стандартный"


async def test_a_warning_and_a_breach_are_said_once_each_however_late_and_by_how_many(desk: Desk) -> None:
    plan = await _plan(desk)
    await hear_contract(desk.tickets, desk.plans, _contract(plan), ZONE, now())
    number = await desk.receive()

    async def told(minutes: int) -> list[tuple[str, str]]:
        at = now() + timedelta(minutes=minutes)
        await asyncio.gather(*(tell_deadlines(desk.tickets, at) for _ in range(2)))
        said = [event for event in await desk.events(number) if ".sla_" in event["type"]]
        return [(event["type"].split(".")[2], event["data"]["target"]) for event in said]

    assert await told(1) == []
    assert await told(9) == [("sla_warned", "reaction")]
    assert await told(9) == [("sla_warned", "reaction")]
    missed = [("sla_warned", "reaction"), ("sla_broken", "reaction")]
    assert await told(11) == missed
    assert await told(120) == [*missed, ("sla_broken", "resolution")], "a warning too late helps nobody"
    sla = await _sla(desk, number)
    assert sla["reaction_broken_at"] == sla["reaction_due"]
    assert sla["resolution_broken_at"] == sla["resolution_due"]
    assert await desk.tickets.to_look_at(now() + timedelta(days=30)) == []


async def test_why_a_target_was_missed_is_noted_once_it_was(desk: Desk) -> None:
    plan = await _plan(desk)
    await hear_contract(desk.tickets, desk.plans, _contract(plan), ZONE, now())
    late = await desk.receive(received_at=now() - timedelta(hours=3))
    early = await desk.receive()
    why = {"breach_reason": "Ждали запчасть"}
    assert (await desk("PATCH", f"/tickets/{early}", why)).status == 422
    answer = await desk("PATCH", f"/tickets/{late}", why)
    assert answer.body["sla"]["breach_reason"] == "Ждали запчасть"


async def test_what_is_solved_closes_by_itself_after_days_of_silence(desk: Desk) -> None:
    silent, open_one = await desk.receive(), await desk.receive()
    await desk("PATCH", f"/tickets/{silent}", {"status": "resolved"})
    at = now()
    assert await close_silent(desk.tickets, desk.plans, at - timedelta(days=3), at) == 0
    later = at + timedelta(days=4)
    assert await close_silent(desk.tickets, desk.plans, later - timedelta(days=3), later) == 1
    ticket = (await desk("GET", f"/tickets/{silent}")).body
    assert (ticket["status"], ticket["entries"][-1]["author"]["kind"]) == ("closed", "system")
    assert (await desk("GET", f"/tickets/{open_one}")).body["status"] == "new"
