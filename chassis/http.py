"""Around every HTTP request: its trace, its metrics, its access log line."""

from __future__ import annotations

import time

import structlog
from opentelemetry import trace
from prometheus_client import CollectorRegistry, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.tracing import context_of

_log = structlog.get_logger("access")
_tracer = trace.get_tracer("helpdesk.http")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_UNLOGGED = frozenset({"/healthz", "/readyz", "/metrics"})


class Observed:
    """ASGI middleware; `route` labels are the path templates, never the paths themselves."""

    def __init__(self, app: ASGIApp, *, registry: CollectorRegistry) -> None:
        self._app = app
        self._duration = Histogram(
            "helpdesk_http_request_duration_seconds",
            "Time from a request's head until its answer's last byte.",
            ["method", "route", "status"],
            buckets=_BUCKETS,
            registry=registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _UNLOGGED:
            await self._app(scope, receive, send)
            return
        status = 500
        began = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        parent = context_of(_header(scope, b"traceparent"))
        with _tracer.start_as_current_span(f"HTTP {scope['method']}", context=parent):
            try:
                await self._app(scope, receive, noting)
            finally:
                self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        template = getattr(route, "path", "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._duration.labels(method, template, status).observe(seconds)
        _log.debug("request", method=method, route=template, status=status, seconds=round(seconds, 4))


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _header(scope: Scope, name: bytes) -> str | None:
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return None
