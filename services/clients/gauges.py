"""How often secrets are looked at, for operations: a number that jumps is worth a look itself."""

from __future__ import annotations

from typing import get_args

from prometheus_client import Counter

from chassis.runtime import Runtime
from contracts.credentials import RevealKind
from services.clients.domain.audit import Look
from services.clients.store import Registry


def count_reveals(runtime: Runtime, registry: Registry) -> None:
    """Counts what this process showed; the audit has all of it."""
    reveals = Counter(
        "helpdesk_credential_reveals",
        "Secrets, one-time codes and licence keys that were shown.",
        ["kind"],
        registry=runtime.registry,
    )
    for kind in get_args(RevealKind):
        reveals.labels(kind)

    def count(look: Look) -> None:
        reveals.labels(look.kind).inc()

    registry.looks.on_added(count)
