"""Wires the rooms of intake."""

from __future__ import annotations

from fastapi import FastAPI

from chassis.app import create_app
from chassis.runtime import Runtime
from services.intake import api, subscribers
from services.intake.settings import IntakeSettings
from services.intake.store import Files, Submissions


def build_app(settings: IntakeSettings) -> FastAPI:
    runtime = Runtime("intake", settings)
    files = Files(runtime.database)
    submissions = Submissions(runtime.client, runtime.database, files)
    runtime.prepare(files.prepare)
    runtime.prepare(submissions.prepare)
    runtime.relay(submissions.collection)
    runtime.background(submissions.changes.run)
    runtime.subscribe(subscribers.router, subscribers.HEARD, submissions=submissions)
    app = create_app(runtime, api.ROUTERS, submissions=submissions, files=files)
    api.install_answers(app)
    return app
