"""The routes of enrolling, for the gateway: their callers have only a code."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import IdempotencyKey
from contracts.clients_http import CodeCompany, EnrolledDevice, NewDevice
from services.clients.api.access import GatewayCaller, TheRegistry
from services.clients.api.answers import answer
from services.clients.domain.errors import CodeRefusedError, NotInRegistryError
from services.clients.use_cases.enrol_device import enrol_device
from services.clients.use_cases.hand_out_codes import whose_code

router = APIRouter()


@router.get("/codes/{code}")
async def get_code(
    code: Annotated[str, Path(max_length=64)], _gateway: GatewayCaller, registry: TheRegistry
) -> Response:
    try:
        company = await whose_code(registry, code, now())
    except CodeRefusedError as error:
        raise NotInRegistryError from error
    return answer(CodeCompany(company=company.reference, screenshots_allowed=company.screenshots_allowed))


@router.post("/devices")
async def post_device(
    new: NewDevice, _gateway: GatewayCaller, key: IdempotencyKey, registry: TheRegistry
) -> Response:
    device, token = await enrol_device(registry, new, key, now())
    enrolled = EnrolledDevice(
        device_id=device.id,
        token=token,
        token_hash=device.token_hash,
        person=device.person,
        company=device.company,
        screenshots_allowed=device.screenshots_allowed,
        confirmed=device.confirmed,
        is_manager=device.is_manager,
        version=device.version,
    )
    return answer(enrolled, status=201)
