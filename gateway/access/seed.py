"""The demo accounts, for a local environment only: an empty database there gets them at start."""

from __future__ import annotations

import contextlib

import structlog

from chassis.clock import now
from chassis.problems import Problem
from contracts.gateway_http import NewStaff
from gateway.access.access import Access
from gateway.access.accounts import add_member

_log = structlog.get_logger(__name__)
_PASSWORD = "demo"  # noqa: S105 - published, and refused in production
_ACCOUNTS = (
    NewStaff.model_construct(
        login="admin",
        full_name="Орлова Марина Сергеевна",
        roles=["admin", "manager"],
        companies=None,
        password=_PASSWORD,
    ),
    NewStaff.model_construct(
        login="dispatcher",
        full_name="Зайцева Ольга Петровна",
        roles=["dispatcher"],
        companies=None,
        password=_PASSWORD,
    ),
    NewStaff.model_construct(
        login="specialist",
        full_name="Ковалёв Дмитрий Андреевич",
        roles=["specialist"],
        companies=None,
        password=_PASSWORD,
    ),
)


async def seed_demo_staff(access: Access) -> None:
    if not await access.staff.is_empty():
        return
    for account in _ACCOUNTS:
        # Another replica may be seeding at the same moment.
        with contextlib.suppress(Problem):
            await add_member(access, account, now(), demo=True)
    _log.info("demo staff seeded", logins=[account.login for account in _ACCOUNTS])
