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
from services.reporting.mailing import SmtpPost, keep_mailing
from services.reporting.settings import ReportingSettings
from services.reporting.store import Archive, Schedules
from services.reporting.use_cases.send_reports import Office

_MOST_BODY_BYTES = 64 * 1024


def build_app(settings: ReportingSettings) -> FastAPI:
    runtime = Runtime("reporting", settings)
    archive = Archive(runtime.client, runtime.database, settings.time_zone)
    folding = Lease(runtime.database, "folding", runtime.identity)
    schedules = Schedules(runtime.database)
    runtime.prepare(archive.prepare)
    runtime.prepare(schedules.prepare)
    runtime.prepare(folding.prepare)
    runtime.relay(archive.collection)
    runtime.subscribe(subscribers.router, subscribers.HEARD, archive=archive)
    runtime.background(lambda: keep_folding(archive, folding))
    if settings.smtp_host:
        office = Office(
            archive,
            schedules,
            SmtpPost(settings),
            settings.smtp_sender,
            settings.time_zone,
            settings.modernisation_threshold,
        )
        runtime.background(lambda: keep_mailing(office))
    watch_gauges(runtime, archive)
    app = create_app(
        runtime,
        api.routers,
        archive=archive,
        schedules=schedules,
        can_send=bool(settings.smtp_host),
        zone=settings.time_zone,
        threshold=settings.modernisation_threshold,
    )
    app.add_middleware(BodyLimit, most=_MOST_BODY_BYTES)
    api.install_answers(app)
    return app
