"""Rules of assignment over HTTP, and what they do to a new ticket."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import new_id, now
from contracts.clients import CompanySaved
from contracts.gateway import StaffSaved
from services.tickets.store import AssignmentRules, Learned
from services.tickets.use_cases.assign_by_rule import Assigning
from services.tickets.use_cases.register_ticket import register_ticket
from tests.contract.tickets.conftest import COMPANY, LIMITED, OTHER_COMPANY, SPECIALIST, ZONE, Desk, submitted
from tests.contract.tickets.test_categories import DISPATCHER, LIMITED_DISPATCHER

RULE = {"id": str(new_id()), "kind": "responsible", "name": "Ответственный за компанию"}


def _assigning(desk: Desk) -> Assigning:
    learned = Learned(desk.kept.client, desk.kept)
    return Assigning(AssignmentRules(desk.kept), desk.colleagues, desk.categories, learned, desk.equipment)


async def _set(desk: Desk, *items: Any, **headers: str) -> Any:
    return await desk("PUT", "/assignment-rules", {"items": list(items)}, who=DISPATCHER, **headers)


async def test_a_new_ticket_goes_to_the_responsible_specialist_or_the_deputy(desk: Desk) -> None:
    anna, boris, assigning = new_id(), new_id(), _assigning(desk)
    away = {"away_until": now() + timedelta(days=1), "deputy_id": boris}
    for key, name, more in ((anna, "Анна", away), (boris, "Борис", {})):
        saved = StaffSaved(id=key, version=1, full_name=name, roles=["specialist"], **more)
        await desk.colleagues.save(saved)
    company = CompanySaved(id=COMPANY, version=1, name="ООО «Ромашка»", responsible_id=anna)
    await assigning.rules.hear_company(company)
    assert (await _set(desk, RULE)).status == 200
    trial = await desk("POST", "/assignment-rules/trial", {"company_id": str(COMPANY)}, who=DISPATCHER)
    assert trial.body["staff"]["id"] == str(boris)
    submission = submitted()
    for _ in range(2):
        await register_ticket(
            desk.tickets, desk.merged_people, desk.plans, submission, ZONE, now(), assigning
        )
    ticket = await desk.tickets.of_submission(submission.submission_id)
    assert ticket.assignee is not None
    assert ticket.assignee.full_name == "Борис"
    assert [(entry.author.kind, entry.text) for entry in ticket.entries] == [
        ("system", "Ответственный за компанию")
    ]
    events = await desk.events(ticket.number)
    assert [one["type"].split(".")[2] for one in events] == ["registered", "changed"]
    assert (await desk("GET", "/tickets?q=ответственный")).body["items"] == []
    assert (await _set(desk)).status == 200


async def test_turns_are_remembered_and_outlive_a_change_of_the_rules(desk: Desk) -> None:
    staff, assigning = [new_id(), new_id()], _assigning(desk)
    for key in staff:
        saved = StaffSaved(id=key, version=1, full_name="Кто-то", roles=["specialist"])
        await desk.colleagues.save(saved)
    by_load = {"id": str(new_id()), "kind": "load", "name": "Кто свободен"}
    given_to = []
    for _ in range(4):
        assert (await _set(desk, {**by_load, "id": str(new_id())})).status == 200
        submission = submitted()
        await register_ticket(
            desk.tickets, desk.merged_people, desk.plans, submission, ZONE, now(), assigning
        )
        ticket = await desk.tickets.of_submission(submission.submission_id)
        assert ticket.assignee is not None
        given_to.append(ticket.assignee.id)
        await desk("PATCH", f"/tickets/{ticket.number}", {"status": "resolved"})
    assert given_to[:2] == given_to[2:]
    assert set(given_to) == set(staff)
    assert "turns" not in (await _set(desk)).body


async def test_a_ticket_that_nobody_has_is_assigned_by_the_rules_as_they_are_now(desk: Desk) -> None:
    anna, number = new_id(), await desk.receive()
    await desk.colleagues.save(StaffSaved(id=anna, version=1, full_name="Анна", roles=["specialist"]))
    nobody = await desk("POST", f"/tickets/{number}/assign")
    assert (nobody.status, nobody.fields) == (422, ["assignee"])
    load = {"id": str(new_id()), "kind": "load", "name": "По нагрузке", "staff": [str(anna)]}
    assert (await _set(desk, load)).status == 200
    answers = await asyncio.gather(*(desk("POST", f"/tickets/{number}/assign") for _ in range(3)))
    assert sorted(answer.status for answer in answers) == [200, 422, 422]
    ticket = (await desk("GET", f"/tickets/{number}")).body
    assert ticket["assignee"]["id"] == str(anna)
    assert [(one["author"]["kind"], one["text"]) for one in ticket["entries"]] == [("system", "По нагрузке")]
    theirs = await desk.receive(company=OTHER_COMPANY)
    assert (await desk("POST", f"/tickets/{theirs}/assign", who=LIMITED)).status == 404
    await desk("PATCH", f"/tickets/{theirs}", {"status": "cancelled"})
    assert (await desk("POST", f"/tickets/{theirs}/assign")).status == 422
    assert (await _set(desk)).status == 200


async def test_nobody_is_given_a_ticket_of_a_company_they_do_not_see(desk: Desk) -> None:
    limited, number = new_id(), await desk.receive(company=OTHER_COMPANY)
    said = StaffSaved(id=limited, version=1, full_name="Анна", roles=["specialist"], companies=[COMPANY])
    await desk.colleagues.save(said)
    refused = await desk("PATCH", f"/tickets/{number}", {"assignee": str(limited)})
    assert (refused.status, refused.fields) == (422, ["assignee"])
    own = await desk.receive(company=COMPANY)
    assert (await desk("PATCH", f"/tickets/{own}", {"assignee": str(limited)})).status == 200


async def test_of_two_who_change_the_rules_the_later_is_told(desk: Desk) -> None:
    first = await _set(desk)
    version = first.headers["ETag"]
    assert (await _set(desk, RULE, If_Match=version)).status == 200
    assert (await _set(desk, If_Match=version)).status == 409
    assert [one["name"] for one in (await desk("GET", "/assignment-rules")).body["items"]] == [RULE["name"]]
    assert (await _set(desk)).status == 200


@pytest.mark.parametrize("who", [SPECIALIST, LIMITED_DISPATCHER])
async def test_only_dispatchers_of_all_companies_keep_them(desk: Desk, who: Any) -> None:
    assert (await desk("PUT", "/assignment-rules", {"items": []}, who=who)).status == 403
    body = {"company_id": str(COMPANY)}
    assert (await desk("POST", "/assignment-rules/trial", body, who=who)).status == 403


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "lottery"},
        {"name": ""},
        {"kind": "category"},
        {"staff": [str(new_id())]},
        {"categories": [str(new_id())]},
        {"enabled": 1},
        {"other": 1},
    ],
)
async def test_a_rule_that_cannot_be_is_refused(desk: Desk, change: dict[str, Any]) -> None:
    assert (await _set(desk, {**RULE, **change})).status == 422
