"""Finds out who is asking: the dependencies of the API's and the pages' routes."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Protocol, TypeVar

from fastapi import Depends, Request

from chassis.problems import Problem
from gateway.access.cookies import device_token_of, session_token_of
from gateway.access.csrf import check_csrf, check_same_origin
from gateway.access.networks import network_in
from gateway.access.secret import API_TOKEN_PREFIX
from gateway.access.viewers import DeviceSession, StaffSession, Viewer
from gateway.parts import parts_of

ViewerT = TypeVar("ViewerT", covariant=True)
_SAFE = ("GET", "HEAD", "OPTIONS")
# Where a call says which scope it asks of an API token; what says nothing is for no token at all.
WANTED_SCOPE = "helpdesk.scope"


async def staff_or_none(request: Request) -> StaffSession | None:
    """The member of staff, by API token or session cookie; None when nobody is signed in.

    Does not look at CSRF: pages that write use `staff_session`.
    """
    access = parts_of(request).access
    if (bearer := _bearer(request)) is not None:
        is_ours = bearer.startswith(API_TOKEN_PREFIX)
        return _within_scope(request, await _found(request, access.api_tokens, bearer)) if is_ours else None
    token = session_token_of(request)
    return await _found(request, access.sessions, token) if token else None


def _within_scope(request: Request, staff: StaffSession | None) -> StaffSession | None:
    wanted = request.scope.get(WANTED_SCOPE, "")
    if staff is None or wanted in staff.scopes:
        return staff
    detail = f"The API token lacks the scope {wanted}." if wanted else "Sign in with the password for this."
    raise Problem(403, detail, kind="/problems/scope")


async def device_or_none(request: Request) -> DeviceSession | None:
    """The client's device, by bearer token or (the portal) by cookie; None when there is none."""
    access = parts_of(request).access
    if (bearer := _bearer(request)) is not None:
        is_staffs = bearer.startswith(API_TOKEN_PREFIX)
        return None if is_staffs else await _found(request, access.devices, bearer)
    token = device_token_of(request)
    if not token:
        return None
    device = await _found(request, access.devices, token)
    return replace(device, via="cookie") if device else None


async def staff_session(request: Request) -> StaffSession:
    """401 for anybody but staff; 403 for a write by cookie without the CSRF token."""
    staff = await staff_or_none(request)
    if staff is None:
        if await device_or_none(request):
            raise Problem(403, "Only staff may do this.")
        raise unauthorized()
    if staff.via == "cookie" and request.method not in _SAFE:
        await check_csrf(request, staff)
    return staff


async def device_session(request: Request) -> DeviceSession:
    """401 for anything but a device's good token; 403 for a write by cookie from another site."""
    device = await device_or_none(request)
    if device is None:
        if await staff_or_none(request):
            raise Problem(403, "Only a client's device may do this.")
        raise unauthorized()
    if device.via == "cookie" and request.method not in _SAFE:
        check_same_origin(request)
    return device


async def any_viewer(request: Request) -> Viewer:
    """Staff or a device; a browser that is both is staff unless it asks `?as=device`."""
    first, second = staff_or_none, device_or_none
    viewer: Viewer | None
    if request.query_params.get("as") == "device":
        viewer = await second(request)
    else:
        viewer = await first(request) or await second(request)
    if viewer is None:
        raise unauthorized()
    return viewer


async def admin_session(request: Request) -> StaffSession:
    staff = await staff_session(request)
    if not staff.is_admin:
        raise Problem(403, "Only an administrator may do this.")
    return staff


async def is_still(request: Request, viewer: Viewer) -> bool:
    """Whether the caller of a long connection still is who they were, with the same rights."""
    find = staff_or_none if isinstance(viewer, StaffSession) else device_or_none
    now = await find(request)
    return now is not None and now.principal == viewer.principal


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def unauthorized() -> Problem:
    return Problem(401, "Sign in, or send a good token.", headers={"WWW-Authenticate": "Bearer"})


class _Store(Protocol[ViewerT]):
    def remembers(self, token: str) -> bool: ...
    async def find(self, token: str) -> ViewerT | None: ...


async def _found(request: Request, store: _Store[ViewerT], token: str) -> ViewerT | None:
    """Who comes again and again with tokens nobody knows is not looked up any more for a while."""
    guesses, network = parts_of(request).access.guesses, network_in(request.scope)
    if guesses.is_spent(network) and not store.remembers(token):
        raise Problem(429, "Too many unknown tokens came from here.", headers={"Retry-After": "5"})
    viewer = await store.find(token)
    if viewer is None:
        guesses.take(network)
    return viewer


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


StaffCaller = Annotated[StaffSession, Depends(staff_session)]
OptionalStaff = Annotated[StaffSession | None, Depends(staff_or_none)]
DeviceCaller = Annotated[DeviceSession, Depends(device_session)]
OptionalDevice = Annotated[DeviceSession | None, Depends(device_or_none)]
