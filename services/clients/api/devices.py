"""The routes of devices, for staff."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.clock import now
from chassis.parameters import Version, cursor_of
from contracts.clients_http import DevicePage, DevicePatch, DeviceView
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer, done
from services.clients.api.parameters import DeviceQuery
from services.clients.domain.device import Device
from services.clients.use_cases.keep_devices import block_device, confirm_device, find_device, revoke_device

router = APIRouter(prefix="/devices")


@router.get("")
async def list_devices(
    query: Annotated[DeviceQuery, Query()], staff: Specialist, registry: TheRegistry
) -> Response:
    found, more = await registry.devices.page(query.wanted(staff), query.position())
    return answer(DevicePage(items=[_view(device) for device in found], next=cursor_of(more)))


@router.get("/{device_id}")
async def get_device(device_id: UUID, staff: Specialist, registry: TheRegistry) -> Response:
    return _answer(await find_device(registry, device_id, staff))


@router.patch("/{device_id}")
async def patch_device(
    device_id: UUID, patch: DevicePatch, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    device: Device | None = None
    if patch.confirmed:
        device = await confirm_device(registry, device_id, staff, version, now())
    if patch.blocked is not None:
        known = device.version if device else version
        device = await block_device(registry, device_id, staff, known, now(), is_blocked=patch.blocked)
    return _answer(device or await find_device(registry, device_id, staff))


@router.delete("/{device_id}")
async def delete_device(
    device_id: UUID, staff: Specialist, version: Version, registry: TheRegistry
) -> Response:
    """Revoked, not erased."""
    await revoke_device(registry, device_id, staff, version, now())
    return done()


def _answer(device: Device) -> Response:
    return answer(_view(device), version=device.version)


def _view(device: Device) -> DeviceView:
    return DeviceView.model_validate(device, from_attributes=True)
