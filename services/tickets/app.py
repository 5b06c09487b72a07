"""Wires the rooms of tickets."""

from __future__ import annotations

from datetime import timedelta

from fastapi import FastAPI

from chassis.app import create_app
from chassis.body import BodyLimit
from chassis.clock import now
from chassis.lease import Lease
from chassis.runtime import Runtime
from services.tickets import api, subscribers
from services.tickets.demo import YEAR
from services.tickets.following import keep_following
from services.tickets.gauges import watch_gauges
from services.tickets.learning import keep_learning
from services.tickets.remembering import keep_remembering
from services.tickets.settings import TicketsSettings
from services.tickets.store import (
    AssignmentRules,
    Categories,
    Colleagues,
    DeskWork,
    Equipment,
    Learned,
    MergedPeople,
    Notices,
    Plans,
    Shelf,
    Tellings,
    Templates,
    Tickets,
    Unread,
    Views,
)
from services.tickets.use_cases.adopt_categories import adopt_categories
from services.tickets.use_cases.assign_by_rule import Assigning
from services.tickets.watching import keep_watching

_MOST_BODY_BYTES = 256 * 1024


def build_app(settings: TicketsSettings) -> FastAPI:
    runtime = Runtime("tickets", settings)
    tickets = Tickets(runtime.database, settings.time_zone)
    colleagues = Colleagues(runtime.database)
    equipment = Equipment(runtime.database)
    plans = Plans(runtime.database)
    views = Views(runtime.database)
    work = DeskWork(runtime.database)
    templates = Templates(runtime.database)
    categories = Categories(runtime.database)
    following = Lease(runtime.database, "following", runtime.identity)
    learned = Learned(runtime.client, runtime.database)
    rules = AssignmentRules(runtime.database)
    assigning = Assigning(rules, colleagues, categories, learned, equipment)
    learning = Lease(runtime.database, "learning", runtime.identity)
    tellings = Tellings(runtime.database)
    remembering = Lease(runtime.database, "remembering", runtime.identity)
    kept = (tickets, views, work, templates, plans, categories, tellings, rules)
    for keeping in (*kept, following, learning, remembering):
        runtime.prepare(keeping.prepare)
    if settings.environment == "local" and settings.demo_size == "large":
        runtime.prepare(lambda: Shelf(runtime.database, settings.time_zone).reserve(YEAR))
    runtime.prepare(lambda: adopt_categories(categories, tickets, now()))
    runtime.prepare(learned.prepare)
    for announcing in (tickets, plans, categories, tellings):
        runtime.relay(announcing.collection)
    runtime.background(lambda: keep_remembering(tickets, tellings, remembering))
    runtime.background(lambda: keep_watching(tickets, plans, timedelta(days=settings.close_after_days)))
    runtime.background(lambda: keep_following(categories, tickets, following))
    runtime.background(lambda: keep_learning(learned, categories, equipment, learning))
    runtime.subscribe(
        subscribers.router,
        subscribers.HEARD,
        too_early=subscribers.TOO_EARLY,
        tickets=tickets,
        colleagues=colleagues,
        equipment=equipment,
        merged_people=MergedPeople(runtime.database),
        plans=plans,
        tellings=tellings,
        zone=settings.time_zone,
        assigning=assigning,
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
        notices=Notices(runtime.database),
        unread=Unread(runtime.database),
        work=work,
        templates=templates,
        categories=categories,
        learned=learned,
        assigning=assigning,
        zone=settings.time_zone,
    )
    app.add_middleware(BodyLimit, most=_MOST_BODY_BYTES)
    api.install_answers(app)
    return app
