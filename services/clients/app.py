"""Wires the rooms of clients."""

from __future__ import annotations

from fastapi import FastAPI

from chassis.app import create_app
from chassis.body import BodyLimit
from chassis.lease import Lease
from chassis.runtime import Runtime
from contracts.import_http import MOST_BYTES
from services.clients import api, subscribers
from services.clients.demo import seed_demo
from services.clients.filing import keep_filing
from services.clients.gauges import count_reveals
from services.clients.importing import keep_importing
from services.clients.reminding import keep_reminding, watch_terms
from services.clients.settings import ClientsSettings
from services.clients.store import Registry
from services.clients.telling import keep_telling

_LARGEST_BODY = 256 * 1024
_AROUND_A_FILE = 16 * 1024


def build_app(settings: ClientsSettings) -> FastAPI:
    runtime = Runtime("clients", settings)
    registry = Registry(runtime.client, runtime.database, masters=settings.masters)
    runtime.prepare(registry.prepare)
    runtime.subscribe(subscribers.router, subscribers.HEARD, plans=registry.plans)
    for collection in registry.announcing:
        runtime.relay(collection)
    if settings.environment == "local":
        runtime.prepare(
            lambda: seed_demo(registry, settings.time_zone, is_large=settings.demo_size == "large")
        )
    runtime.background(lambda: keep_telling(registry))
    runtime.background(lambda: keep_filing(registry))
    runtime.background(lambda: keep_reminding(registry, settings.time_zone))
    importing = Lease(runtime.database, "importing", runtime.identity)
    runtime.prepare(importing.prepare)
    runtime.background(lambda: keep_importing(registry, importing))
    count_reveals(runtime, registry)
    watch_terms(runtime, registry, settings.time_zone)
    app = create_app(runtime, api.routers, registry=registry, zone=settings.time_zone)
    app.add_middleware(BodyLimit, most=_LARGEST_BODY, larger={"/import": MOST_BYTES + _AROUND_A_FILE})
    api.install_answers(app)
    return app
