"""What is left of a company's hours: clients knows what is included, tickets what was used."""

from __future__ import annotations

import asyncio
import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from chassis.clock import now
from chassis.principal import Principal
from chassis.problems import Problem
from contracts.contracts_http import ContractView, HoldingContract, HoursLeft, WorkedMinutes
from gateway.answers import UpstreamProblem
from gateway.parts import Parts

MONTH_PATTERN = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"


def month_in(query: Mapping[str, str]) -> str:
    """Raises Problem 422 for what is no month; empty without one."""
    month = query.get("month")
    if month is None:
        return ""
    if not re.fullmatch(MONTH_PATTERN, month):
        raise Problem(422, errors=[("month", "a month is written YYYY-MM")])
    return month


async def hours_left(parts: Parts, staff: Principal, company_id: str, wanted: str = "") -> HoursLeft:
    """Of the month wanted, or this one. Does without tickets.

    Raises UpstreamProblem when clients is away or knows no such company.
    """
    today = now().astimezone(parts.settings.time_zone).date()
    month = wanted or today.strftime("%Y-%m")
    day = {"on": _day_in(month, today).isoformat()}
    holding, worked = await asyncio.gather(
        parts.upstreams.get_json("clients", f"/companies/{company_id}/contract", staff, query=day),
        _worked(parts, staff, company_id, month),
    )
    contract = HoldingContract.model_validate(holding).contract
    return composed(company_id, month, contract, worked)


async def _worked(parts: Parts, staff: Principal, company_id: str, month: str) -> WorkedMinutes | None:
    path = f"/companies/{company_id}/minutes"
    try:
        found: Any = await parts.upstreams.get_json("tickets", path, staff, query={"month": month})
    except UpstreamProblem as problem:
        if problem.status < 500:
            raise
        return None
    return WorkedMinutes.model_validate(found)


def composed(
    company_id: str, month: str, contract: ContractView | None, worked: WorkedMinutes | None
) -> HoursLeft:
    included = contract.included_minutes if contract else None
    used = worked.minutes if worked else None
    is_known = included is not None and used is not None
    balance = (included or 0) - (used or 0)
    return HoursLeft.model_validate(
        {
            "company_id": company_id,
            "month": month,
            "contract": contract,
            "included_minutes": included,
            "used_minutes": used,
            "additional_minutes": worked.additional_minutes if worked else None,
            "left_minutes": max(balance, 0) if is_known else None,
            "beyond_minutes": max(-balance, 0) if is_known else None,
        }
    )


def _day_in(month: str, today: date) -> date:
    """Today in this month; of another one its last day."""
    if today.strftime("%Y-%m") == month:
        return today
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])
