"""Staff confirm that a device is its person's, or revoke it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.principal import Principal
from services.clients.domain.device import Device
from services.clients.domain.errors import NotInRegistryError
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.doer import doer_of
from services.clients.use_cases.revise import revise


async def find_device(registry: RegistryStorage, device_id: UUID, staff: Principal) -> Device:
    """Raises NotInRegistryError, alike for «not there» and «not yours»."""
    device = await registry.devices.get(device_id)
    if not staff.may_see_company(device.company.id):
        raise NotInRegistryError
    return device


async def confirm_device(
    registry: RegistryStorage, device_id: UUID, staff: Principal, version: int | None, at: datetime
) -> Device:
    """Raises NotInRegistryError, ConflictError, RuleError for a revoked one."""
    return await revise(
        registry.devices,
        lambda: find_device(registry, device_id, staff),
        lambda device: device.confirm(at),
        version=version,
        wanted={"confirmed": True},
        by=doer_of(staff),
    )


async def block_device(
    registry: RegistryStorage,
    device_id: UUID,
    staff: Principal,
    version: int | None,
    at: datetime,
    *,
    is_blocked: bool,
) -> Device:
    """Raises NotInRegistryError, ConflictError, RuleError for a revoked one."""
    return await revise(
        registry.devices,
        lambda: find_device(registry, device_id, staff),
        lambda device: device.block(at, is_blocked=is_blocked),
        version=version,
        wanted={"blocked": is_blocked},
        by=doer_of(staff),
    )


async def revoke_device(
    registry: RegistryStorage, device_id: UUID, staff: Principal, version: int | None, at: datetime
) -> Device:
    """Harmless again. Raises NotInRegistryError, ConflictError."""
    return await revise(
        registry.devices,
        lambda: find_device(registry, device_id, staff),
        lambda device: device.revoke(at),
        version=version,
        wanted={"revoked": True},
        by=doer_of(staff),
    )
