"""Who may call what."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from chassis.principal import Caller, Principal, Staff
from chassis.problems import Problem
from services.clients.domain.storage import RegistryStorage

_WORKING = frozenset({"specialist", "dispatcher", "manager", "admin"})
_REGISTERING = _WORKING - {"specialist"}
_AUDITING = frozenset({"manager", "admin"})


async def the_specialist(staff: Staff) -> Principal:
    """Reads the registry, and keeps people and devices."""
    return _with_role(staff, _WORKING)


async def the_registrar(staff: Staff) -> Principal:
    """Keeps companies and their codes too."""
    return _with_role(staff, _REGISTERING)


async def the_auditor(staff: Staff) -> Principal:
    """Reads who saw which secret."""
    return _with_role(staff, _AUDITING)


async def the_gateway(principal: Caller) -> Principal:
    """Asks for somebody who has no principal yet: only a code."""
    if principal.kind != "gateway":
        raise Problem(403, "Only the gateway may do this.")
    return principal


def _with_role(staff: Principal, roles: frozenset[str]) -> Principal:
    if roles.isdisjoint(staff.roles):
        raise Problem(403, "Your role does not allow this.")
    return staff


async def the_registry(request: Request) -> RegistryStorage:
    return request.app.state.registry  # type: ignore[no-any-return]


Specialist = Annotated[Principal, Depends(the_specialist)]
Registrar = Annotated[Principal, Depends(the_registrar)]
Auditor = Annotated[Principal, Depends(the_auditor)]
GatewayCaller = Annotated[Principal, Depends(the_gateway)]
TheRegistry = Annotated[RegistryStorage, Depends(the_registry)]
