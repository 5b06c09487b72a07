"""Wires the rooms of reporting."""

from __future__ import annotations

from fastapi import FastAPI

from chassis.app import create_app
from chassis.body import BodyLimit
from chassis.lease import Lease
from chassis.runtime import Runtime
from services.reporting import api, subscribers
from services.reporting.folding import keep_folding
from services.reporting.gauges import watch_gauges
from services.reporting.settings import ReportingSettings
from services.reporting.store import Archive

_MOST_BODY_BYTES = 64 * 1024


def build_app(settings: ReportingSettings) -> FastAPI:
    runtime = Runtime("reporting", settings)
    archive = Archive(runtime.client, runtime.database, settings.time_zone)
    folding = Lease(runtime.database, "folding", runtime.identity)
    runtime.prepare(archive.prepare)
    runtime.prepare(folding.prepare)
    runtime.relay(archive.collection)
    runtime.subscribe(subscribers.router, subscribers.HEARD, archive=archive)
    runtime.background(lambda: keep_folding(archive, folding))
    watch_gauges(runtime, archive)
    app = create_app(
        runtime,
        api.routers,
        archive=archive,
        zone=settings.time_zone,
        threshold=settings.modernisation_threshold,
    )
    app.add_middleware(BodyLimit, most=_MOST_BODY_BYTES)
    api.install_answers(app)
    return app
