"""Wires the rooms of tickets."""

from __future__ import annotations

from datetime import timedelta

from fastapi import FastAPI

from chassis.app import create_app
from chassis.body import BodyLimit
from chassis.runtime import Runtime
from services.tickets import api, subscribers
from services.tickets.gauges import watch_gauges
from services.tickets.settings import TicketsSettings
from services.tickets.store import Colleagues, Equipment, MergedPeople, Plans, Tickets, Views
from services.tickets.watching import keep_watching

_MOST_BODY_BYTES = 256 * 1024


def build_app(settings: TicketsSettings) -> FastAPI:
    runtime = Runtime("tickets", settings)
    tickets = Tickets(runtime.database, settings.time_zone)
    colleagues = Colleagues(runtime.database)
    equipment = Equipment(runtime.database)
    plans = Plans(runtime.database)
    views = Views(runtime.database)
    runtime.prepare(tickets.prepare)
    runtime.prepare(views.prepare)
    runtime.prepare(plans.prepare)
    runtime.relay(tickets.collection)
    runtime.relay(plans.collection)
    runtime.background(lambda: keep_watching(tickets, plans, timedelta(days=settings.close_after_days)))
    runtime.subscribe(
        subscribers.router,
        subscribers.HEARD,
        too_early=subscribers.TOO_EARLY,
        tickets=tickets,
        colleagues=colleagues,
        equipment=equipment,
        merged_people=MergedPeople(runtime.database),
        plans=plans,
        zone=settings.time_zone,
    )
    watch_gauges(runtime, tickets)
    app = create_app(
        runtime,
        api.routers,
        tickets=tickets,
        colleagues=colleagues,
        equipment=equipment,
        plans=plans,
        views=views,
        zone=settings.time_zone,
    )
    app.add_middleware(BodyLimit, most=_MOST_BODY_BYTES)
    api.install_answers(app)
    return app
