"""The categories that a ticket can be given, for the pages that offer them."""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

from fastapi import Request

from gateway.access.viewers import StaffSession
from gateway.parts import parts_of
from gateway.upstream import Upstreams
from gateway.web.desk_calls import attempt

_KEPT_SECONDS = 5.0
_PART_SECONDS = 1.0
_kept: WeakKeyDictionary[Upstreams, tuple[float, list[str]]] = WeakKeyDictionary()


async def category_paths(request: Request, session: StaffSession) -> list[str]:
    """A new one is there after some seconds; none while tickets does not answer."""
    upstreams = parts_of(request).upstreams
    moment = time.monotonic()
    known = _kept.get(upstreams)
    if known and known[0] > moment:
        return known[1]
    found = await attempt(
        upstreams.get_json("tickets", "/categories", session.principal, deadline=_PART_SECONDS)
    )
    if found is None:
        return known[1] if known else []
    archived = {one["id"] for one in found["items"] if one["archived"]}
    paths = [one["path"] for one in found["items"] if archived.isdisjoint((one["id"], one["parent_id"]))]
    _kept[upstreams] = (moment + _KEPT_SECONDS, paths)
    return paths
