"""One-time codes of one's own account: offered, confirmed by a first code, taken away again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.problems import Problem
from gateway.access.access import Access
from gateway.access.accounts import check_own_password
from gateway.access.staff import StaffMember
from gateway.access.throttle import ACCOUNT
from gateway.access.totp import address_for, matching_step, new_secret
from gateway.access.viewers import StaffSession


async def is_on(access: Access, staff_id: UUID) -> bool:
    return (await _member(access, staff_id)).totp_secret is not None


async def offered(access: Access, staff_id: UUID) -> tuple[str, str] | None:
    """What still waits for its first code: secret and address."""
    member = await _member(access, staff_id)
    if member.totp_offered is None:
        return None
    return member.totp_offered, address_for(member.totp_offered, member.login)


async def offer(access: Access, session: StaffSession, current: str) -> tuple[str, str]:
    """A new secret, and the address an authenticator reads it from; nothing changes until it is confirmed.

    Problem 403 when the current password is wrong, 409 while codes are on: those are taken away first.
    """
    member = await check_own_password(access, session, current)
    if member.totp_secret is not None:
        raise Problem(409, "One-time codes are on already.")
    secret = new_secret()
    await access.staff.offer_totp(member.id, secret)
    return secret, address_for(secret, member.login)


async def confirm(access: Access, session: StaffSession, code: str, at: datetime) -> None:
    """From now on signing in asks for codes. Problem 409 without an offer, 422 for a wrong code."""
    member = await _member(access, session.staff_id)
    if member.totp_offered is None or member.totp_secret is not None:
        raise Problem(409, "There is no secret to be confirmed.")
    step = await _step_of(access, member, member.totp_offered, code, at)
    # Spent before it opens anything.
    await access.staff.use_totp_step(member.id, step)
    await _keep(access, member, member.totp_offered, at)


async def take_away(access: Access, session: StaffSession, current: str, code: str, at: datetime) -> None:
    """Both factors are asked for: a stolen session must not be able to do it."""
    member = await check_own_password(access, session, current)
    if member.totp_secret is None:
        raise Problem(409, "One-time codes are off already.")
    step = await _step_of(access, member, member.totp_secret, code, at)
    if not await access.staff.use_totp_step(member.id, step):
        raise _wrong_code()
    await _keep(access, member, None, at)


async def _keep(access: Access, member: StaffMember, secret: str | None, at: datetime) -> None:
    changes = {"totp_secret": secret, "totp_offered": None, "version": member.version + 1}
    await access.staff.replace(member.model_copy(update=changes), at)


async def _step_of(access: Access, member: StaffMember, secret: str, code: str, at: datetime) -> int:
    key = f"totp {member.id}"
    await access.throttle.attempt(key, ACCOUNT)
    step = matching_step(secret, code, at)
    if step is None:
        raise _wrong_code()
    await access.throttle.forgive(key)
    return step


async def _member(access: Access, staff_id: UUID) -> StaffMember:
    member = await access.staff.by_id(staff_id)
    if member is None:
        raise Problem(404, "There is no such member of staff.")
    return member


def _wrong_code() -> Problem:
    return Problem(422, "The one-time code is wrong.", errors=[("code", "is wrong")])
