"""The FastAPI application every service is, around its runtime."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig

from chassis.http import Observed
from chassis.problems import install_problem_handlers
from chassis.runtime import Runtime

# FastAPI's own would make each span, metric and log line of http.py a second time.
_OFF: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}


def create_app(
    runtime: Runtime, routers: Sequence[APIRouter], *, is_public: bool = False, **state: object
) -> FastAPI:
    """An application with health, metrics, problems and traces; `state` is what its routes ask for.

    A public one tells the world that it is well, but not how it is made, nor its metrics.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await runtime.start()
        yield
        await runtime.stop()

    app = FastAPI(
        title=f"HelpDesk {runtime.name}",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry=_OFF,
    )
    app.state.stopping = runtime.stopping
    app.state.verifier = runtime.verifier
    for name, value in state.items():
        setattr(app.state, name, value)
    install_problem_handlers(app)
    app.add_middleware(Observed, registry=runtime.registry)
    app.include_router(runtime.health.router(is_public=is_public))
    for router in routers:
        app.include_router(router)
    return app
