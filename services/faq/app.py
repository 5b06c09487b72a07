"""Wires the rooms of faq."""

from __future__ import annotations

from fastapi import FastAPI

from chassis.app import create_app
from chassis.body import BodyLimit
from chassis.clock import now
from chassis.runtime import Runtime
from contracts.faq_http import MOST_PICTURE_BYTES
from services.faq import api, subscribers
from services.faq.gauges import watch_gauges
from services.faq.settings import FaqSettings
from services.faq.store import Library, Past
from services.faq.use_cases.follow_categories import follow_categories

_LARGEST_BODY = 1024 * 1024
# The picture in its form.
_LARGEST_PICTURE = {"/articles/pictures": MOST_PICTURE_BYTES + 64 * 1024}


def build_app(settings: FaqSettings) -> FastAPI:
    runtime = Runtime("faq", settings)
    library = Library(runtime.client, runtime.database)
    runtime.prepare(library.prepare)
    for collection in library.announcing:
        runtime.relay(collection)
    if settings.environment == "local" and settings.demo_size == "large":
        runtime.prepare(Past(runtime.client, runtime.database).reserve)
    # Who was cut off before an article had followed goes on here.
    runtime.prepare(lambda: follow_categories(library, now()))
    runtime.subscribe(subscribers.router, subscribers.HEARD, faq=library)
    watch_gauges(runtime, library, settings.time_zone)
    app = create_app(runtime, api.routers, faq=library, zone=settings.time_zone)
    app.add_middleware(BodyLimit, most=_LARGEST_BODY, larger=_LARGEST_PICTURE)
    api.install_answers(app)
    return app
