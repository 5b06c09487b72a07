"""Who may ask what, and what is no question."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from pydantic import BaseModel

from chassis.clock import new_id
from contracts.clients import CompanySaved
from contracts.reports_http import (
    BacklogReport,
    CategoriesReport,
    EffectivenessReport,
    LinePage,
    SlaReport,
    WorkReport,
)
from contracts.terms import ContractSaved
from tests.contract.reporting.conftest import EMPLOYEE, LIMITED, MANAGER, Reporting
from tests.unit.reporting.histories import COMPANIES, STAFF, shuffled, story

_REPORTS: dict[str, type[BaseModel]] = {
    "work": WorkReport,
    "categories": CategoriesReport,
    "effectiveness": EffectivenessReport,
    "sla": SlaReport,
    "backlog": BacklogReport,
    "lines": LinePage,
}
_PERIOD = "from=2026-08-01&to=2027-06-30"


@pytest.fixture
async def told(reporting: Reporting) -> Reporting:
    rnd = random.Random(5)
    await reporting.hear(shuffled([story(number, rnd) for number in range(1, 31)], rnd))
    await reporting.fold()
    return reporting


@pytest.mark.parametrize("report", _REPORTS)
async def test_reports_are_as_their_contract_says(told: Reporting, report: str) -> None:
    filters = ["", f"&company={COMPANIES[0].id}", f"&staff={STAFF[0].id}", f"&category={quote('Печать')}"]
    for query in [*filters, "".join(filters)]:
        _REPORTS[report].model_validate(await told.report(f"/reports/{report}?{_PERIOD}{query}"))
    _REPORTS[report].model_validate(await told.report(f"/reports/{report}"))


async def test_pages_of_lines_hold_each_ticket_once(told: Reporting) -> None:
    path = f"/reports/lines?{_PERIOD}&figure=received&limit=7"
    page = await told.report(path)
    numbers = [line["number"] for line in page["items"]]
    while page["next"]:
        page = await told.report(f"{path}&cursor={page['next']}")
        numbers += [line["number"] for line in page["items"]]
    assert sorted(numbers) == list(range(1, 31))


_HAPPENED: dict[str, Callable[[dict[str, Any]], list[str | None]]] = {
    "worked": lambda one: one["days"],
    "additional": lambda one: one["additional_days"],
    "resolved": lambda one: [one["facts"]["ended"]] * (one["facts"]["status"] in ("resolved", "closed")),
    "ended": lambda one: [one["facts"]["ended"]] * (one["facts"]["status"] != "merged"),
}


@pytest.mark.parametrize("figure", _HAPPENED)
@pytest.mark.parametrize("span", [("2026-10-05", "2026-10-25"), ("2026-08-20", "2026-08-20")])
async def test_lines_are_of_what_happened_in_the_period_whenever_the_ticket_came(
    told: Reporting, figure: str, span: tuple[str, str]
) -> None:
    """As after a merge of an older ticket into a newer one, some came after what was done on them."""
    tickets = (await told.live()).collection  # type: ignore[attr-defined]
    first, last = span
    older = {"days": {"$elemMatch": {"$gte": first, "$lte": last}}, "number": {"$mod": [3, 0]}}
    await tickets.update_many(older, {"$set": {"facts.day": "2026-12-30"}})
    wanted = [
        (one["facts"]["day"], one["number"])
        async for one in tickets.find()
        if any(day and first <= day <= last for day in _HAPPENED[figure](one))
    ]
    path = f"/reports/lines?from={first}&to={last}&figure={figure}&limit=4"
    page = await told.report(path)
    numbers = [line["number"] for line in page["items"]]
    while page["next"]:
        page = await told.report(f"{path}&cursor={page['next']}")
        numbers += [line["number"] for line in page["items"]]
    assert numbers == [number for _, number in sorted(wanted)]
    if figure == "worked" and first < last:
        assert {day > last for day, _ in wanted} == {False, True}
        assert any(day < first for day, _ in wanted)


async def _numbers_behind(told: Reporting, **narrower: Any) -> int:
    query = urlencode({"limit": 200, **narrower})
    page = await told.report(f"/reports/lines?{_PERIOD}&{query}")
    assert page["next"] is None
    return len(page["items"])


async def test_behind_each_figure_are_as_many_tickets_as_it_says(told: Reporting) -> None:
    sla = await told.report(f"/reports/sla?{_PERIOD}")
    for row, target in product(sla["rows"], ("reaction", "resolution")):
        where = {"company": row["company"]["id"], "priority": row["priority"]}
        for outcome in ("kept", "broken"):
            behind = await _numbers_behind(told, figure=f"{target}_{outcome}", **where)
            assert behind == row[target][outcome]
    for one in sla["reasons"]:
        said = {"reason": one["reason"]} if one["reason"] else {"unexplained": "true"}
        assert await _numbers_behind(told, figure=f"{one['target']}_broken", **said) == one["broken"]
    speed = await told.report(f"/reports/effectiveness?{_PERIOD}")
    assert await _numbers_behind(told, figure="rated") == speed["ratings"]
    assert speed["from_registration"]["judged"] == sla["reaction"]["judged"] > 0
    for one in speed["staff"]:
        whose = {"staff": one["staff"]["id"]} if one["staff"] else {"unassigned": "true"}
        for clock, figure in (("from_registration", "reaction"), ("from_assignment", "assigned")):
            within, judged = one[clock]["within"], one[clock]["judged"]
            assert await _numbers_behind(told, figure=f"{figure}_kept", **whose) == within
            assert await _numbers_behind(told, figure=f"{figure}_broken", **whose) == judged - within
    for cell in speed["heat"]:
        at = {"weekday": cell["weekday"], "hour": cell["hour"]}
        assert await _numbers_behind(told, figure="received", **at) == cell["tickets"]
    rows = (await told.report(f"/reports/categories?{_PERIOD}"))["rows"]
    assert {"Печать", "Печать / Картриджи", None} <= {row["category"] for row in rows}
    for row in rows:
        where = (
            {"category": row["category"], "exactly": "true"} if row["category"] else {"uncategorised": "true"}
        )
        assert await _numbers_behind(told, figure="received", **where) == row["tickets"]
        page = await told.report(
            f"/reports/lines?{_PERIOD}&{urlencode({'figure': 'received_additional', **where})}"
        )
        assert sum(line["additional_minutes"] for line in page["items"]) == row["additional_minutes"]
        assert all(line["additional_minutes"] for line in page["items"])
    backlog = await told.report(f"/reports/backlog?{_PERIOD}")
    assert sum(row["tickets"] for row in backlog["ages"])
    for row in backlog["ages"]:
        assert await _numbers_behind(told, figure="open", age=row["age"]) == row["tickets"]


async def test_tickets_that_name_no_equipment_are_those_of_a_candidate_without_one(told: Reporting) -> None:
    (whole,) = await _pages_behind(told, figure="received", limit=200)
    (bare,) = await _pages_behind(told, figure="received", without_equipment="true", limit=200)
    assert bare["items"] == [line for line in whole["items"] if line["equipment"] is None]
    assert 0 < len(bare["items"]) < len(whole["items"])


_TIMES = {
    "reaction_time": ("from_registration", "reaction_minutes"),
    "assigned_time": ("from_assignment", "assigned_reaction_minutes"),
    "resolution_time": ("resolution", "resolution_minutes"),
}


@pytest.mark.parametrize("figure", _TIMES)
async def test_a_median_leads_to_its_tickets_the_longest_first(told: Reporting, figure: str) -> None:
    field, time = _TIMES[figure]
    report = await told.report(f"/reports/effectiveness?{_PERIOD}")
    rows: list[tuple[dict[str, str], dict[str, Any]]] = [({}, report[field])]
    if field != "resolution":
        for one in report["staff"]:
            whose = {"staff": one["staff"]["id"]} if one["staff"] else {"unassigned": "true"}
            rows.append((whose, one[field]))
    assert report[field]["tickets"] > 2
    for whose, speed in rows:
        pages = await _pages_behind(told, figure=figure, limit=3, **whose)
        times = [line[time] for page in pages for line in page["items"]]
        assert len({line["number"] for page in pages for line in page["items"]}) == len(times)
        assert (len(times), times) == (speed["tickets"], sorted(times, reverse=True))
        assert all(page["speed"] == speed for page in pages)
        if times:
            assert times[::-1][-(-len(times) // 2) - 1] == speed["median"]
            assert times[::-1][-(-len(times) * 9 // 10) - 1] == speed["p90"]
            begun = await _pages_behind(told, figure=figure, at_most=speed["median"], limit=200, **whose)
            assert [line[time] for line in begun[0]["items"]] == [
                one for one in times if one <= speed["median"]
            ]
            assert begun[0]["speed"] == speed


async def test_the_medians_of_the_heat_map_lead_to_theirs(told: Reporting) -> None:
    report = await told.report(f"/reports/effectiveness?{_PERIOD}")
    for cell in report["heat"]:
        at = {"weekday": cell["weekday"], "hour": cell["hour"]}
        (page,) = await _pages_behind(told, figure="reaction_time", limit=200, **at)
        assert page["speed"]["median"] == cell["median"]
        assert page["speed"]["tickets"] == len(page["items"])


@pytest.mark.parametrize(
    "narrower",
    [
        {"priority": "high"},
        {"weekday": 1},
        {"uncategorised": "true"},
        {"without_equipment": "true"},
        {"age": "day"},
    ],
)
async def test_of_tickets_that_are_narrowed_otherwise_no_median_is_told(
    told: Reporting, narrower: dict[str, Any]
) -> None:
    (page,) = await _pages_behind(told, figure="reaction_time", limit=200, **narrower)
    assert page["speed"] is None


async def test_the_longest_are_found_without_looking_at_the_others(told: Reporting) -> None:
    tickets = (await told.live()).collection  # type: ignore[attr-defined]
    one = await tickets.find_one({"facts.reaction": {"$gte": 0}})
    more = [
        {**one, "_id": new_id(), "number": 1000 + n, "facts": {**one["facts"], "reaction": n % 700}}
        for n in range(3000)
    ]
    await tickets.insert_many(more)
    database = tickets.database
    await database.command({"profile": 2})
    for at_most in ({}, {"at_most": 350}):
        page = await told.report(
            f"/reports/lines?{_PERIOD}&{urlencode({'figure': 'reaction_time', 'limit': 20, **at_most})}"
        )
        await told.report(f"/reports/lines?{_PERIOD}&figure=reaction_time&limit=20&cursor={page['next']}")
    await database.command({"profile": 0})
    order = {"facts.reaction": -1, "facts.day": -1, "number": -1}
    looks = {"ns": f"{database.name}.{tickets.name}", "command.sort": order}
    examined = [look["docsExamined"] async for look in database["system.profile"].find(looks)]
    assert len(examined) == 4
    assert max(examined) <= 60


async def _pages_behind(told: Reporting, **narrower: Any) -> list[dict[str, Any]]:
    path = f"/reports/lines?{_PERIOD}&{urlencode(narrower)}"
    pages = [await told.report(path)]
    while pages[-1]["next"]:
        pages.append(await told.report(f"{path}&cursor={pages[-1]['next']}"))
    return pages


async def test_a_report_says_what_it_was_in_the_period_before(told: Reporting) -> None:
    query = "from=2026-10-01&to=2026-10-31"
    for report, pairs in {
        "work": {"previous_totals": "totals"},
        "sla": {"previous_reaction": "reaction", "previous_tickets": "tickets"},
        "effectiveness": {"previous_from_registration": "from_registration", "previous_tickets": "tickets"},
        "backlog": {"previous_received": "received", "previous_ended": "ended"},
        "categories": {"previous_tickets": "tickets"},
    }.items():
        found = await told.report(f"/reports/{report}?{query}")
        before = await told.report(f"/reports/{report}?from=2026-09-01&to=2026-09-30")
        assert (found["previous"]["from"], found["previous"]["to"]) == ("2026-09-01", "2026-09-30")
        assert {was: found[was] for was in pairs} == {was: before[now] for was, now in pairs.items()}


async def test_a_client_manager_sees_the_own_company_only(told: Reporting) -> None:
    for report in ("work", "lines"):
        found = await told.report(f"/reports/{report}?{_PERIOD}", who=MANAGER)
        lines = found["lines"] if report == "work" else found["items"]
        assert {line["company"]["id"] for line in lines} == {str(COMPANIES[1].id)}
    sla = await told.report(f"/reports/sla?{_PERIOD}", who=MANAGER)
    assert {row["company"]["id"] for row in sla["rows"]} == {str(COMPANIES[1].id)}
    strange = await told.report(f"/reports/sla?{_PERIOD}&company={COMPANIES[0].id}", who=MANAGER)
    nothing = await told.report(f"/reports/sla?{_PERIOD}&company={new_id()}", who=MANAGER)
    assert {**strange, "as_of": 0} == {**nothing, "as_of": 0}
    assert strange["tickets"] == 0


@pytest.mark.parametrize("report", _REPORTS)
async def test_an_employee_sees_no_reports(told: Reporting, report: str) -> None:
    assert (await told(f"/reports/{report}?{_PERIOD}", who=EMPLOYEE)).status == 403
    unconfirmed = MANAGER.model_copy(update={"confirmed": False})
    assert (await told(f"/reports/{report}?{_PERIOD}", who=unconfirmed)).status == 403
    assert (await told(f"/reports/{report}", who=None)).status == 401


async def test_a_specialist_limited_to_companies_sees_figures_of_those_only(told: Reporting) -> None:
    own = f"&company={COMPANIES[0].id}"
    for report, key in [("categories", "rows"), ("sla", "rows"), ("work", "totals"), ("backlog", "flow")]:
        limited = await told.report(f"/reports/{report}?{_PERIOD}", who=LIMITED)
        assert limited[key] == (await told.report(f"/reports/{report}?{_PERIOD}{own}"))[key]
    strange = f"/reports/work?{_PERIOD}&company={COMPANIES[1].id}"
    assert (await told.report(strange, who=LIMITED))["totals"]["minutes"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "from=0000-01-01&to=2026-01-01",
        "from=2026-01-01&to=9999-12-31",
        "from=1969-12-31&to=1970-01-01",
        "from=2026-02-30&to=2026-03-01",
        "from=2026-03-01&to=2026-02-01",
        "from=2026-03-01",
        "to=2026-03-01",
        "from=1970-01-01&to=2026-03-01",
        "from=1&to=2",
        "from=2026-01-01T00:00:00Z&to=2026-02-01",
        "company=x",
        "staff[$ne]=1",
        "category=",
        f"category={'x' * 201}",
        "limit=0",
        "limit=201",
        "cursor=x",
        "figure=all",
        "weekday=7",
        "hour=24",
        "age=old",
        "at_most=-1",
        "at_most=x",
        "reason=",
        "$where=1",
        "form=csv",
    ],
)
async def test_what_is_no_question_is_refused(reporting: Reporting, query: str) -> None:
    assert (await reporting(f"/reports/lines?{query}")).status == 422


async def test_hours_of_a_contract_are_those_of_its_days(told: Reporting) -> None:
    company = COMPANIES[0]
    contract = ContractSaved(
        id=new_id(),
        version=1,
        company_id=company.id,
        number="Д-1",
        valid_from="2026-09-10",
        valid_to="2026-11-30",
        included_minutes=30,
        rate=250_000,
        additional_rate=300_000,
    )
    await told.archive.hear_contract(contract)
    await told.archive.hear_company(CompanySaved(id=company.id, version=3, name="Новое имя", tax_id="77"))
    report = await told.report(f"/reports/work?from=2026-09-01&to=2026-12-31&company={company.id}")
    assert report["filters"]["company"]["name"] == "Новое имя"
    assert report["customer"] == {"name": "Новое имя", "tax_id": "77"}
    months = [(one["month"], one["used_minutes"]) for one in report["contracts"]]
    for (month, used), (first, last) in zip(
        months, [("09-10", "09-30"), ("10-01", "10-31"), ("11-01", "11-30")], strict=True
    ):
        part = await told.report(f"/reports/work?from=2026-{first}&to=2026-{last}&company={company.id}")
        assert (month, used) == (f"2026-{first[:2]}", part["totals"]["contract_minutes"])
    for one in report["contracts"]:
        assert one["left_minutes"] - one["over_minutes"] == 30 - one["used_minutes"]
        beyond, additional = one["over_minutes"] * 250_000, one["additional_minutes"] * 300_000
        assert 60 * one["over_amount"] == pytest.approx(beyond, abs=30)
        assert 60 * one["additional_amount"] == pytest.approx(additional, abs=30)
        assert one["amount"] == one["over_amount"] + one["additional_amount"]
    assert report["amount"] == sum(one["amount"] for one in report["contracts"]) > 0
    assert sum(used for _, used in months)
    for asked in ("to=2026-12-30", "to=2026-12-31&category=Почта"):
        other = await told.report(f"/reports/work?from=2026-09-01&{asked}&company={company.id}")
        assert other["amount"] is None, asked
