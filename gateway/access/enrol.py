"""Enrolling a device: with a code, which must not be guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

import structlog

from chassis.principal import Principal
from chassis.problems import OUTAGES
from contracts.clients_http import EnrolledDevice
from gateway.access.networks import network_of
from gateway.access.throttle import CODES
from gateway.answers import Answer, UpstreamProblem
from gateway.parts import Parts

_log = structlog.get_logger(__name__)
# Whoever has only a code has no principal of their own yet.
_NOBODY = Principal(kind="gateway", id=UUID("01990000-0000-7000-8000-000000000000"), full_name="gateway")
_WRONG_CODE = (403, 404)


async def look_up_code(parts: Parts, code: str, address: str) -> Answer:
    """Whose code it is, as clients answers; Problem 429 for an address that guesses."""
    return await _with_code(parts, "GET", f"/codes/{quote(code, safe='')}", None, address)


async def enrol(parts: Parts, body: Any, address: str, *, headers: Mapping[str, str] | None = None) -> Answer:
    """What clients answers: on 201 an EnrolledDevice, whose token works at once."""
    answer = await _with_code(parts, "POST", "/devices", body, address, headers)
    if answer.status == 201:
        try:
            await parts.access.devices.save_enrolled(EnrolledDevice.model_validate_json(answer.body))
        except OUTAGES as error:
            _log.warning("an enrolled device is known only when its event comes", error=type(error).__name__)
    return answer


async def _with_code(
    parts: Parts, method: str, path: str, body: Any, address: str, headers: Mapping[str, str] | None = None
) -> Answer:
    key = f"code {network_of(address)}"
    await parts.access.throttle.attempt(key, CODES)
    try:
        answer = await parts.upstreams.call("clients", method, path, _NOBODY, body=body, headers=headers)
    except UpstreamProblem:
        # Nobody said that the code is wrong.
        await parts.access.throttle.forgive_one(key)
        raise
    if answer.status not in _WRONG_CODE:
        await parts.access.throttle.forgive_one(key)
    return answer
