"""Wires the rooms of reporting."""

from __future__ import annotations

from fastapi import FastAPI

from chassis.app import create_app
from chassis.body import BodyLimit
from chassis.lease import Lease
from chassis.runtime import Runtime
from contracts.reports_http import Customer
from services.reporting import api, subscribers
from services.reporting.exporting import keep_exporting
from services.reporting.folding import keep_folding
from services.reporting.gauges import watch_gauges
from services.reporting.mailing import SmtpPost, keep_mailing
from services.reporting.settings import ReportingSettings
from services.reporting.store import Archive, Exports, Schedules
from services.reporting.use_cases.make_exports import Workshop
from services.reporting.use_cases.make_files import House
from services.reporting.use_cases.send_reports import Office

_MOST_BODY_BYTES = 64 * 1024


def build_app(settings: ReportingSettings) -> FastAPI:
    runtime = Runtime("reporting", settings)
    archive = Archive(runtime.client, runtime.database, settings.time_zone)
    folding = Lease(runtime.database, "folding", runtime.identity)
    schedules = Schedules(runtime.database)
    exports = Exports(runtime.database)
    runtime.prepare(archive.prepare)
    runtime.prepare(schedules.prepare)
    runtime.prepare(exports.prepare)
    runtime.prepare(folding.prepare)
    runtime.relay(archive.collection)
    runtime.subscribe(subscribers.router, subscribers.HEARD, archive=archive)
    runtime.background(lambda: keep_folding(archive, folding))
    contractor = Customer(name=settings.contractor_name, tax_id=settings.contractor_tax_id)
    house = House(settings.modernisation_threshold, contractor)
    workshop = Workshop(archive, exports, settings.time_zone, house, runtime.identity)
    runtime.background(lambda: keep_exporting(workshop))
    if settings.smtp_host:
        office = Office(
            archive,
            schedules,
            SmtpPost(settings),
            settings.smtp_sender,
            settings.time_zone,
            house,
        )
        runtime.background(lambda: keep_mailing(office))
    watch_gauges(runtime, archive, exports)
    app = create_app(
        runtime,
        api.routers,
        archive=archive,
        schedules=schedules,
        exports=exports,
        can_send=bool(settings.smtp_host),
        zone=settings.time_zone,
        house=house,
    )
    app.add_middleware(BodyLimit, most=_MOST_BODY_BYTES)
    api.install_answers(app)
    return app
