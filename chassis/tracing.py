"""One trace through all services: W3C trace context over HTTP and inside events."""

from __future__ import annotations

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ParentBased
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PROPAGATOR = TraceContextTextMapPropagator()


def configure_tracing(service: str, *, otlp_endpoint: str) -> None:
    """Without an endpoint spans are made but not recorded: logs and events still carry their trace id."""
    resource = Resource.create({"service.name": f"helpdesk-{service}"})
    if not otlp_endpoint:
        trace.set_tracer_provider(TracerProvider(resource=resource, sampler=ParentBased(ALWAYS_OFF)))
        return
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


def traceparent() -> str | None:
    """The current span as a W3C `traceparent`, or None outside any."""
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent")


def context_of(value: str | None) -> Context:
    """The context a `traceparent` names; an invalid one names none."""
    return _PROPAGATOR.extract({"traceparent": value} if value else {})
