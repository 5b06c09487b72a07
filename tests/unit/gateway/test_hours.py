"""What is left of a company's hours, whichever part answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from chassis.problems import Problem
from contracts.contracts_http import ContractView, WorkedMinutes
from contracts.people import CompanyRef
from gateway.hours import composed, month_in

_COMPANY = uuid4()
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
