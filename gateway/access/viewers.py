"""Who is asking, once it is known: a member of staff or a client's device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from chassis.principal import Principal

Via = Literal["cookie", "token"]
# What every API token is good for: to ask who its owner is.
OWN_SCOPE = "own"


@dataclass(frozen=True)
class StaffSession:
    """`key` names the session or API token (its hash); `csrf_token` and `scopes` are one's or the other's."""

    staff_id: UUID
    login: str
    full_name: str
    roles: tuple[str, ...]
    principal: Principal
    csrf_token: str
    key: str
    via: Via = "cookie"
    scopes: frozenset[str] = frozenset()

    @property
    def is_admin(self) -> bool:
        return "admin" in self.roles


@dataclass(frozen=True)
class DeviceSession:
    """A Bureaucrat, or a browser in which an employee enrolled; `confirmed`: staff know the person."""

    device_id: UUID
    person_id: UUID
    full_name: str
    company_id: UUID
    company_name: str
    is_manager: bool
    confirmed: bool
    screenshots_allowed: bool
    principal: Principal
    key: str
    via: Via = "token"


Viewer = StaffSession | DeviceSession
