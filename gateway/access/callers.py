"""Finds out who is asking: the dependencies of the API's and the pages' routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from chassis.problems import Problem
from gateway.access.cookies import device_token_of, session_token_of
from gateway.access.csrf import check_csrf, check_same_origin
from gateway.access.secret import API_TOKEN_PREFIX
from gateway.access.viewers import DeviceSession, StaffSession, Viewer
from gateway.parts import parts_of

_SAFE = ("GET", "HEAD", "OPTIONS")


async def staff_or_none(request: Request) -> StaffSession | None:
    """The member of staff, by API token or session cookie; None when nobody is signed in.

    Does not look at CSRF: pages that write use `staff_session`.
    """
    access = parts_of(request).access
    if (bearer := _bearer(request)) is not None:
        return await access.api_tokens.find(bearer) if bearer.startswith(API_TOKEN_PREFIX) else None
    token = session_token_of(request)
    return await access.sessions.find(token) if token else None


async def device_or_none(request: Request) -> DeviceSession | None:
    """The client's device, by bearer token or (the portal) by cookie; None when there is none."""
    access = parts_of(request).access
    if (bearer := _bearer(request)) is not None:
        return None if bearer.startswith(API_TOKEN_PREFIX) else await access.devices.find(bearer)
    token = device_token_of(request)
    return await access.devices.find(token, via="cookie") if token else None


async def staff_session(request: Request) -> StaffSession:
    """401 for anybody but staff; 403 for a write by cookie without the CSRF token."""
    staff = await staff_or_none(request)
    if staff is None:
        raise unauthorized()
    if staff.via == "cookie" and request.method not in _SAFE:
        await check_csrf(request, staff)
    return staff


async def device_session(request: Request) -> DeviceSession:
    """401 for anything but a device's good token; 403 for a write by cookie from another site."""
    device = await device_or_none(request)
    if device is None:
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


def unauthorized() -> Problem:
    return Problem(401, "Sign in, or send a good token.", headers={"WWW-Authenticate": "Bearer"})


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


StaffCaller = Annotated[StaffSession, Depends(staff_session)]
OptionalStaff = Annotated[StaffSession | None, Depends(staff_or_none)]
DeviceCaller = Annotated[DeviceSession, Depends(device_session)]
OptionalDevice = Annotated[DeviceSession | None, Depends(device_or_none)]
