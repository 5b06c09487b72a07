"""What is done with staff accounts: made, changed, given a new password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.clock import new_id
from chassis.problems import Problem
from contracts.gateway_http import NewStaff, PasswordChange, StaffPatch
from gateway.access.access import Access
from gateway.access.staff import StaffMember
from gateway.access.throttle import ACCOUNT
from gateway.access.viewers import StaffSession

_PROFILE_FIELDS = ("shift", "away_until", "deputy_id")
_PLAIN_FIELDS = ("full_name", "roles", "companies", "active", *_PROFILE_FIELDS)
_NULLABLE = {"companies", *_PROFILE_FIELDS}


async def add_member(access: Access, new: NewStaff, at: datetime, *, demo: bool = False) -> StaffMember:
    """Raises Problem 409 when the login is taken."""
    member = StaffMember(
        id=new_id(),
        version=1,
        login=new.login,
        full_name=new.full_name,
        roles=tuple(dict.fromkeys(new.roles)),
        companies=None if new.companies is None else tuple(new.companies),
        password_hash=await access.passwords.hash(new.password),
        demo=demo,
    )
    await access.staff.add(member, at)
    return member


async def change_member(access: Access, staff_id: UUID, patch: StaffPatch, at: datetime) -> StaffMember:
    """Raises Problem 404. Sessions end with a new password or a leave; other changes count at once."""
    member = await access.staff.by_id(staff_id)
    if member is None:
        raise Problem(404, "There is no such member of staff.")
    given = {name: value for name, value in patch if name in patch.model_fields_set and name in _PLAIN_FIELDS}
    fields = {name: value for name, value in given.items() if value is not None or name in _NULLABLE}
    await _check_deputy(access, staff_id, fields.get("deputy_id"))
    if patch.totp is False:
        fields.update(totp_secret=None, totp_offered=None)
    if patch.password is not None:
        fields["password_hash"] = await access.passwords.hash(patch.password)
    changed = StaffMember.model_validate({**member.model_dump(), **fields, "version": member.version + 1})
    await access.staff.replace(changed, at)
    access.api_tokens.forget_member(staff_id)
    if patch.password is not None or not changed.active:
        await access.sessions.close_all_of(staff_id)
    access.sessions.forget_member(staff_id)
    return changed


async def _check_deputy(access: Access, staff_id: UUID, deputy_id: UUID | None) -> None:
    """Raises Problem 422."""
    if deputy_id is None:
        return
    deputy = await access.staff.by_id(deputy_id)
    if deputy is None or not deputy.active or deputy_id == staff_id:
        raise Problem(422, errors=[("deputy_id", "there is no such colleague")])


async def change_own_password(
    access: Access, session: StaffSession, change: PasswordChange, at: datetime
) -> StaffMember:
    """Ends all of the account's sessions; Problem 403 when the current password is wrong."""
    await check_own_password(access, session, change.current)
    return await change_member(access, session.staff_id, StaffPatch(password=change.new), at)


async def check_own_password(access: Access, session: StaffSession, current: str) -> StaffMember:
    """Whose account it is; Problem 403 when the password is wrong."""
    account = f"password {session.staff_id}"
    await access.throttle.attempt(account, ACCOUNT)
    member = await access.staff.by_id(session.staff_id)
    if member is None or not await access.passwords.match(member.password_hash, current):
        raise Problem(403, "The current password is wrong.", errors=[("current", "is wrong")])
    await access.throttle.forgive(account)
    return member
