"""SLA plans: what is promised to whom, and by which calendar it is counted."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from contracts.day import Day
from contracts.plans_http import MOST_DAYS_SHOWN, NewPlan, PlanDays, PlanList, PlanPatch, PlanView
from gateway.api.calls import Call
from gateway.api.passing import for_staff


class DaysQuery(BaseModel):
    """`from`: today without it."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS_SHOWN)] = 28


CALLS = (
    Call(
        "GET", "/plans", for_staff("tickets", "/plans"), "List SLA plans", "staff", "plans", answer=PlanList,
    ),
    Call(
        "POST", "/plans", for_staff("tickets", "/plans"), "Add an SLA plan", "staff", "plans",
        status=201, body=NewPlan, answer=PlanView, headers=("Idempotency-Key",), also=(409,), etag=True,
    ),
    Call(
        "GET", "/plans/{id:id}", for_staff("tickets", "/plans/{id}"), "One SLA plan", "staff", "plans",
        answer=PlanView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/plans/{id:id}", for_staff("tickets", "/plans/{id}"),
        "Change an SLA plan; the clocks of open tickets are wound anew", "staff", "plans",
        body=PlanPatch, answer=PlanView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", "/plans/{id:id}", for_staff("tickets", "/plans/{id}"), "Archive an SLA plan",
        "staff", "plans", status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
    Call(
        "GET", "/plans/{id:id}/days", for_staff("tickets", "/plans/{id}/days"),
        "The days to come as the plan counts them", "staff", "plans",
        query=DaysQuery, answer=PlanDays, also=(404,),
    ),
)  # fmt: skip
