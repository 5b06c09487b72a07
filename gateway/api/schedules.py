"""Reports by e-mail: every month, to whom, and what became of each letter."""

from __future__ import annotations

from contracts.schedules_http import (
    DeliveryList,
    NewSchedule,
    ScheduleList,
    SchedulePatch,
    ScheduleView,
    SendNow,
)
from gateway.api.calls import Call, Handler
from gateway.api.passing import for_staff

_PATH = "/report-schedules"


def _to(path: str) -> Handler:
    return for_staff("reporting", path)


CALLS = (
    Call(
        "GET", _PATH, _to(_PATH), "List what is mailed every month", "staff", "schedules",
        answer=ScheduleList,
    ),
    Call(
        "POST", _PATH, _to(_PATH), "Mail reports every month", "staff", "schedules",
        status=201, body=NewSchedule, answer=ScheduleView, headers=("Idempotency-Key",), also=(409,),
        etag=True,
    ),
    Call(
        "GET", _PATH + "/{id:id}", _to(_PATH + "/{id}"), "One schedule", "staff", "schedules",
        answer=ScheduleView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", _PATH + "/{id:id}", _to(_PATH + "/{id}"), "Change a schedule", "staff", "schedules",
        body=SchedulePatch, answer=ScheduleView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", _PATH + "/{id:id}", _to(_PATH + "/{id}"), "Mail it no more", "staff", "schedules",
        status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
    Call(
        "GET", _PATH + "/{id:id}/deliveries", _to(_PATH + "/{id}/deliveries"),
        "The letters of a schedule", "staff", "schedules", answer=DeliveryList, also=(404,),
    ),
    Call(
        "POST", _PATH + "/{id:id}/deliveries", _to(_PATH + "/{id}/deliveries"),
        "Send now, or again", "staff", "schedules", status=202, body=SendNow, answer=DeliveryList,
        headers=("Idempotency-Key",), also=(404, 409),
    ),
)  # fmt: skip
