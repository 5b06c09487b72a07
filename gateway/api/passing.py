"""Handlers that check who is asking and pass the call on to a service, body and answer untouched."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from gateway.access.callers import any_viewer, device_session, staff_session
from gateway.access.viewers import Viewer
from gateway.api.calls import Handler
from gateway.parts import parts_of
from gateway.upstream import Service

FindCaller = Callable[[Request], Awaitable[Viewer]]
_LONGEST_WAIT_SECONDS = 30.0


def pass_to(service: Service, path: str, caller: FindCaller, *, deadline: float | None = None) -> Handler:
    """`path` is the service's own; what stands in braces comes from the public path, quoted."""

    async def handle(request: Request) -> Response:
        viewer = await caller(request)
        return await parts_of(request).upstreams.forward(
            request, service, filled(path, request), viewer.principal, deadline=deadline
        )

    return handle


def pass_waiting(service: Service, path: str, caller: FindCaller) -> Handler:
    """The same for a call with `?wait=`: when the process stops, it is answered what is known by then."""

    async def handle(request: Request) -> Response:
        viewer = await caller(request)
        ask = partial(
            parts_of(request).upstreams.forward, request, service, filled(path, request), viewer.principal
        )
        if "wait" not in request.query_params:
            return await ask()
        stopping: asyncio.Event = request.app.state.stopping
        waiting = asyncio.create_task(ask(deadline=_deadline_with_wait(request)))
        told = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait({waiting, told}, return_when=asyncio.FIRST_COMPLETED)
            return await (waiting if waiting.done() else ask(query=""))
        finally:
            waiting.cancel()
            told.cancel()

    return handle


def for_staff(service: Service, path: str) -> Handler:
    return pass_to(service, path, staff_session)


def for_device(service: Service, path: str) -> Handler:
    return pass_to(service, path, device_session)


def for_both(service: Service, path: str) -> Handler:
    return pass_to(service, path, any_viewer)


def filled(path: str, request: Request) -> str:
    for name, value in request.path_params.items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    return path


def _deadline_with_wait(request: Request) -> float:
    """`?wait=` comes on top; what is no number the service refuses."""
    usual = parts_of(request).upstreams.deadline
    try:
        wait = float(request.query_params.get("wait", "0"))
    except ValueError:
        return usual
    return usual + min(max(wait, 0.0), _LONGEST_WAIT_SECONDS) if wait == wait else usual
