"""Contracts: what holds for a company in a period, and what is left of its hours."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from contracts.contracts_http import (
    ContractPage,
    ContractPatch,
    ContractView,
    HoldingContract,
    HoursLeft,
    NewContract,
)
from contracts.day import Day
from gateway.access.callers import staff_session
from gateway.api.bodies import answer
from gateway.api.calls import Call
from gateway.api.passing import filled, for_staff
from gateway.api.queries import PeopleQuery
from gateway.hours import MONTH_PATTERN, hours_left, month_in
from gateway.parts import parts_of


class HoldingQuery(BaseModel):
    """`on`: the day asked about; today without it."""

    on: Day | None = None


class HoursQuery(BaseModel):
    """`month`: such as 2026-11; this one without it."""

    month: Annotated[str, Field(pattern=MONTH_PATTERN)] = ""


async def get_hours(request: Request) -> Response:
    staff = await staff_session(request)
    month = month_in(request.query_params)
    return answer(await hours_left(parts_of(request), staff.principal, filled("{id}", request), month))


CALLS = (
    Call(
        "GET", "/contracts", for_staff("clients", "/contracts"), "List contracts", "staff", "contracts",
        query=PeopleQuery, answer=ContractPage,
    ),
    Call(
        "POST", "/contracts", for_staff("clients", "/contracts"), "Add a contract", "staff", "contracts",
        status=201, body=NewContract, answer=ContractView, headers=("Idempotency-Key",), also=(409,),
        etag=True,
    ),
    Call(
        "GET", "/contracts/{id:id}", for_staff("clients", "/contracts/{id}"),
        "One contract", "staff", "contracts", answer=ContractView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/contracts/{id:id}", for_staff("clients", "/contracts/{id}"),
        "Change a contract", "staff", "contracts",
        body=ContractPatch, answer=ContractView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", "/contracts/{id:id}", for_staff("clients", "/contracts/{id}"),
        "Archive a contract", "staff", "contracts", status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
    Call(
        "GET", "/companies/{id:id}/contract", for_staff("clients", "/companies/{id}/contract"),
        "The contract that holds on a day", "staff", "contracts",
        query=HoldingQuery, answer=HoldingContract, also=(404,),
    ),
    Call(
        "GET", "/companies/{id:id}/hours", get_hours, "What is left of a company's hours this month",
        "staff", "contracts", query=HoursQuery, answer=HoursLeft, also=(404,),
    ),
)  # fmt: skip
