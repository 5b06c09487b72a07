"""When a member of staff works, and who stands in while they are away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.gateway_http import ProfilePatch, StaffPatch
from gateway.access.access import Access
from gateway.access.accounts import change_member
from gateway.access.staff import StaffMember


async def change_profile(access: Access, staff_id: UUID, patch: ProfilePatch, at: datetime) -> StaffMember:
    """Raises Problem 404, 422 for a deputy who is not there or is oneself."""
    wanted = StaffPatch.model_validate(patch.model_dump(exclude_unset=True))
    return await change_member(access, staff_id, wanted, at)
