"""Wires the rooms of the gateway: its public application, and the one on its internal port."""

from __future__ import annotations

import asyncio
import re

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from chassis.app import create_app
from chassis.principal import Signer
from chassis.problems import Problem
from chassis.runtime import Runtime
from contracts.faq_http import MOST_PICTURE_BYTES
from contracts.import_http import MOST_BYTES
from gateway import api
from gateway.access import subscribers
from gateway.access.access import Access
from gateway.access.rate import Rate
from gateway.access.seed import seed_demo_staff
from gateway.api.calls import PREFIX
from gateway.guards.bodies import BodyGuard
from gateway.guards.headers import SecurityHeaders
from gateway.guards.heads import HeadGuard
from gateway.guards.load import LoadGuard
from gateway.guards.rates import RateGuard
from gateway.live.hub import Hub
from gateway.live.listener import Listener
from gateway.parts import Parts
from gateway.settings import GatewaySettings
from gateway.upstream import Service, Upstreams
from gateway.web import pages
from gateway.web.error_page import error_page

_LARGEST_OTHER_BODY = 1024 * 1024
_LARGEST_PICTURE = MOST_PICTURE_BYTES + 64 * 1024
# A submission, a reply to it, what is not solved, what goes with an answer; in the portal as well.
_TAKES_FILES = re.compile(
    rf"{PREFIX}/(submissions(/[^/]+/(replies|reopen))?|tickets/[0-9]+/files)|/portal/submissions/.*",
    re.DOTALL,
)
_LARGEST_TABLE = MOST_BYTES + 64 * 1024
# How many busy callers may share an address: a client's whole office often does.
_OFFICE = 20
_LOOK_ROUND_SECONDS = 1.0


def build_app(settings: GatewaySettings) -> FastAPI:
    """The public application; `build_internal_app` makes the other one of the same process."""
    runtime = Runtime("gateway", settings)
    parts = _build_parts(runtime, settings)
    app = create_app(runtime, pages.routers, is_public=True, parts=parts, health=runtime.health)
    app.router.routes.insert(0, api.interface())
    app.router.redirect_slashes = False
    app.add_exception_handler(HTTPException, _no_such_address)
    _guard(app, settings)
    return app


def build_internal_app(public: FastAPI) -> FastAPI:
    """Health and metrics, of the process that serves `public`."""
    internal = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    internal.include_router(public.state.health.router())
    return internal


def _build_parts(runtime: Runtime, settings: GatewaySettings) -> Parts:
    urls: dict[Service, str] = {
        "intake": settings.intake_url,
        "tickets": settings.tickets_url,
        "clients": settings.clients_url,
        "faq": settings.faq_url,
        "reporting": settings.reporting_url,
    }
    signer = Signer(settings.principal_private_key.get_secret_value())
    parts = Parts(
        settings=settings,
        access=Access(runtime.database, settings),
        upstreams=Upstreams(urls, signer, settings.answer_within_seconds),
        live=Hub(runtime.registry, most=settings.streams_at_once),
    )
    _wire(runtime, parts)
    return parts


def _wire(runtime: Runtime, parts: Parts) -> None:
    access, hub = parts.access, parts.live
    listener = Listener(parts.settings.amqp_url.get_secret_value(), hub)
    for ending in (access.sessions, access.api_tokens, access.devices):
        ending.on_end = hub.end
    runtime.prepare(access.prepare)
    runtime.relay(access.staff.collection)
    if parts.settings.environment == "local":
        runtime.prepare(lambda: seed_demo_staff(access))
    runtime.subscribe(subscribers.router, subscribers.HEARD, devices=access.devices)
    hub.announce = listener.tell
    runtime.background(listener.run)
    runtime.background(lambda: _look_round(hub))
    runtime.health.advise("live", listener.check)

    async def end_streams() -> None:
        await runtime.stopping.wait()
        hub.close()

    runtime.alongside(parts.upstreams.start, parts.upstreams.stop)
    runtime.background(end_streams)


async def _look_round(hub: Hub) -> None:
    while True:
        await asyncio.sleep(_LOOK_ROUND_SECONDS)
        hub.look_round()


def _guard(app: FastAPI, settings: GatewaySettings) -> None:
    """From the inside out: what is added last sees a request first."""
    per_second, burst = settings.requests_per_second, settings.request_burst
    rate, address_rate = Rate(per_second, burst), Rate(per_second * _OFFICE, burst * _OFFICE)
    app.add_middleware(LoadGuard, settings=settings, refuse=_refused)
    app.add_middleware(RateGuard, rate=rate, address_rate=address_rate, refuse=_refused)
    # Outside the refusals of the two: who is refused has to be able to read it.
    app.add_middleware(BodyGuard, limit_of=lambda path: _limit_of(path, settings), refuse=_refused)
    app.add_middleware(HeadGuard, refuse=_refused)
    app.add_middleware(SecurityHeaders, is_secure=settings.secure_cookies, refuse=_refused)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)


def _limit_of(path: str, settings: GatewaySettings) -> int:
    if path in (f"{PREFIX}/import", "/clients/import"):
        return _LARGEST_TABLE
    if path == f"{PREFIX}/articles/pictures":
        return _LARGEST_PICTURE
    return settings.largest_upload if _TAKES_FILES.fullmatch(path) else _LARGEST_OTHER_BODY


async def _no_such_address(request: Request, error: Exception) -> Response:
    """Starlette's own refusals: of addresses and methods."""
    headers = dict(getattr(error, "headers", None) or {})
    return _refused(request.scope, Problem(getattr(error, "status_code", 404), headers=headers))


def _refused(scope: Scope, problem: Problem) -> Response:
    """A page for people, a problem for programs."""
    request = Request(scope)
    is_page = not scope["path"].startswith("/api/")
    if not is_page or "text/html" not in request.headers.get("accept", ""):
        return problem.response()
    response = error_page(request, problem.status)
    response.headers.update(problem.headers)
    return response
