"""Signing in: judged in the same time whoever it is, and slowed down when it looks like guessing."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.clock import now
from chassis.problems import Problem
from gateway.access.access import Access
from gateway.access.networks import network_of
from gateway.access.staff import StaffMember, login_key
from gateway.access.throttle import ACCOUNT, ADDRESS
from gateway.access.totp import matching_step
from gateway.access.viewers import StaffSession


@dataclass(frozen=True)
class Visitor:
    """Where a request comes from."""

    address: str
    agent: str


async def sign_in(
    access: Access, login: str, password: str, totp: str | None, visitor: Visitor
) -> tuple[str, StaffSession]:
    """The new session's token and the session; Problem 401 for wrong credentials, 429 for too many tries."""
    key, network = login_key(login), network_of(visitor.address)
    from_known = await access.throttle.is_known(key, network)
    account = f"account {key} {network if from_known else ''}"
    address = f"address {network}"
    await access.throttle.attempt(address, ADDRESS)
    await access.throttle.attempt(account, ACCOUNT)
    member = await access.staff.by_login(login)
    known = member if member and member.active else None
    if not await access.passwords.match(known.password_hash if known else None, password) or not known:
        raise Problem(401, "The login or the password is wrong.", kind="/problems/wrong-credentials")
    await _check_totp(access, known, totp)
    await access.throttle.forgive(account)
    await access.throttle.forgive(address)
    await access.throttle.remember(key, network)
    return await access.sessions.open(known, address=visitor.address, agent=visitor.agent)


async def _check_totp(access: Access, member: StaffMember, totp: str | None) -> None:
    if member.totp_secret is None:
        return
    if not totp:
        raise Problem(401, "This account also needs its one-time code.", kind="/problems/totp-wanted")
    step = matching_step(member.totp_secret, totp, now())
    if step is None or not await access.staff.use_totp_step(member.id, step):
        raise Problem(401, "The one-time code is wrong.", kind="/problems/totp-wrong")
