"""What is left of a company's hours, whichever part answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from chassis.principal import Principal
from chassis.problems import Problem
from contracts.contracts_http import ContractView, WorkedMinutes
from contracts.people import CompanyRef
from gateway.answers import UpstreamProblem
from gateway.hours import composed, hours_left, month_in
from gateway.parts import Parts

_COMPANY = uuid4()
_STAFF = Principal(kind="staff", id=uuid4(), full_name="Кто-то")
_AT = datetime(2026, 11, 1, tzinfo=UTC)


def _contract(included: int) -> ContractView:
    return ContractView(
        id=uuid4(),
        company_id=_COMPANY,
        company=CompanyRef(id=_COMPANY, name="ООО «Часы»"),
        number="1",
        plan_id=None,
        valid_from=date(2026, 1, 1),
        valid_to=None,
        included_minutes=included,
        additional_rate=None,
        rate=100_00,
        state="current",
        days_left=None,
        notes="",
        archived=False,
        version=1,
        created_at=_AT,
        updated_at=_AT,
    )


def _worked(minutes: int, additional: int = 0) -> WorkedMinutes:
    return WorkedMinutes(company_id=_COMPANY, month="2026-11", minutes=minutes, additional_minutes=additional)


@pytest.mark.parametrize(("used", "left", "beyond"), [(0, 600, 0), (599, 1, 0), (600, 0, 0), (700, 0, 100)])
def test_what_is_used_is_taken_from_what_is_included(used: int, left: int, beyond: int) -> None:
    hours = composed(str(_COMPANY), "2026-11", _contract(600), _worked(used, additional=45))
    assert (hours.left_minutes, hours.beyond_minutes) == (left, beyond)
    assert (hours.used_minutes, hours.additional_minutes) == (used, 45)


def test_without_tickets_what_is_included_is_still_known() -> None:
    hours = composed(str(_COMPANY), "2026-11", _contract(600), None)
    assert hours.included_minutes == 600
    assert hours.used_minutes is hours.left_minutes is hours.beyond_minutes is None


def test_without_a_contract_nothing_is_left_or_beyond() -> None:
    hours = composed(str(_COMPANY), "2026-11", None, _worked(30))
    assert hours.used_minutes == 30
    assert hours.contract is None
    assert hours.included_minutes is hours.left_minutes is hours.beyond_minutes is None


@pytest.mark.parametrize("month", ["2026", "2026-13", "0000-01", "9999-99", "2026-11-01", "$ne", "2026-11\n"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(Problem):
        month_in({"month": month})


class _Half:
    """clients answers, tickets as it is told to."""

    def __init__(self, tickets: UpstreamProblem) -> None:
        self._tickets = tickets

    async def get_json(self, service: str, *_: Any, **__: Any) -> dict[str, Any]:
        if service == "tickets":
            raise self._tickets
        return {"day": "2026-11-23", "contract": _contract(600).model_dump(mode="json")}


@pytest.mark.parametrize(
    "problem", [UpstreamProblem(503, "", is_away=True), UpstreamProblem(503, ""), UpstreamProblem(500, "")]
)
async def test_while_tickets_is_away_the_rest_is_told(problem: UpstreamProblem) -> None:
    hours = await hours_left(_parts(problem), _STAFF, str(_COMPANY))
    assert (hours.included_minutes, hours.used_minutes) == (600, None)


async def test_what_tickets_refuses_is_refused() -> None:
    with pytest.raises(UpstreamProblem):
        await hours_left(_parts(UpstreamProblem(404, "")), _STAFF, str(_COMPANY))


def _parts(problem: UpstreamProblem) -> Parts:
    settings = SimpleNamespace(time_zone=ZoneInfo("Europe/Moscow"))
    return cast(Parts, SimpleNamespace(settings=settings, upstreams=_Half(problem)))
