"""What the running gateway consists of; routes reach it by `parts_of(request)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

if TYPE_CHECKING:
    from gateway.access.access import Access
    from gateway.live.hub import Hub
    from gateway.settings import GatewaySettings
    from gateway.upstream import Upstreams


@dataclass(frozen=True)
class Parts:
    settings: GatewaySettings
    access: Access
    upstreams: Upstreams
    live: Hub


def parts_of(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts
