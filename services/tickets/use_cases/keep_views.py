"""A specialist saves views of the list, changes, arranges and shares them, and is told how full they are."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from contracts.people import StaffRef
from contracts.views_http import (
    MOST_COUNTED,
    MOST_VIEWS,
    Arrangement,
    BuiltIn,
    NewView,
    SavedView,
    SavedViews,
    ViewCount,
    ViewCounts,
    ViewFilters,
    ViewPatch,
)
from services.tickets.domain.errors import ConflictError, KeyReusedError, RuleError, ViewNotFoundError
from services.tickets.domain.storage import CategoryStorage, TicketStorage, ViewStorage
from services.tickets.domain.view import COUNTED, View, arranged, home_of, wanted_of

_MOST_SEEN = 200


async def see_views(views: ViewStorage, staff: Principal) -> SavedViews:
    """All that the caller sees, in the caller's order."""
    seen, arrangement = await asyncio.gather(
        views.seen_by(staff.id, staff.roles, _MOST_SEEN), views.arrangement_of(staff.id)
    )
    items = [shown(view, staff) for view in arranged(seen, arrangement.order)]
    return SavedViews(items=items, home=home_of(arrangement, seen))


async def add_view(views: ViewStorage, new: NewView, staff: Principal, key: UUID) -> View:
    """`key` becomes its id: the same again is the same view. Raises KeyReusedError, RuleError."""
    owner = StaffRef(id=staff.id, full_name=staff.full_name)
    view = View(id=key, name=new.name, filters=new.filters, shared_with=tuple(new.shared_with), owner=owner)
    if await views.count_of(staff.id) >= MOST_VIEWS:
        raise RuleError("name", f"nobody can keep more than {MOST_VIEWS} views")
    if not await views.add(view):
        known = await views.get(key)
        if known.changed({"version": view.version}) != view:
            raise KeyReusedError
    return view


async def find_view(views: ViewStorage, view_id: UUID, staff: Principal) -> View:
    """Raises ViewNotFoundError, alike for «not there» and «not shared»."""
    view = await views.get(view_id)
    if not view.is_seen_by(staff.id, staff.roles):
        raise ViewNotFoundError
    return view


async def change_view(
    views: ViewStorage, view_id: UUID, patch: ViewPatch, staff: Principal, version: int | None
) -> View:
    """Raises ConflictError when `version` is no longer the newest, RuleError, ViewNotFoundError."""
    wanted: dict[str, Any] = patch.wanted()
    if "shared_with" in wanted:
        wanted["shared_with"] = tuple(wanted["shared_with"])
    before = await _kept(views, view_id, staff, version)
    after = before.changed(wanted)
    if after != before:
        await views.save(after)
    return after


async def remove_view(views: ViewStorage, view_id: UUID, staff: Principal, version: int | None) -> None:
    """Raises ConflictError when `version` is no longer the newest, RuleError, ViewNotFoundError."""
    await views.remove(await _kept(views, view_id, staff, version))


async def _kept(views: ViewStorage, view_id: UUID, staff: Principal, version: int | None) -> View:
    view = await find_view(views, view_id, staff)
    if not view.is_kept_by(staff.id, staff.roles):
        raise RuleError("id", "this view is somebody else's")
    if version is not None and view.version != version:
        raise ConflictError
    return view


async def count_views(
    views: ViewStorage, tickets: TicketStorage, categories: CategoryStorage, staff: Principal
) -> ViewCounts:
    """Of each view the caller sees, up to what is told."""
    asked: dict[BuiltIn | UUID, ViewFilters] = {name: ViewFilters(view=name) for name in COUNTED}
    asked |= {view.id: view.filters for view in await views.seen_by(staff.id, staff.roles, _MOST_SEEN)}

    tree = await categories.recent()

    async def count(name: BuiltIn | UUID, filters: ViewFilters) -> ViewCount:
        found = await tickets.count(wanted_of(filters, staff.id, staff.companies, tree), MOST_COUNTED + 1)
        more = found is not None and found > MOST_COUNTED
        return ViewCount(id=name, count=MOST_COUNTED if more else found, more=more)

    return ViewCounts(items=await asyncio.gather(*(count(*one) for one in asked.items())))


async def arrange_views(views: ViewStorage, arrangement: Arrangement, staff: Principal) -> None:
    order = list(dict.fromkeys(arrangement.order))
    await views.arrange(staff.id, arrangement.model_copy(update={"order": order}))


def shown(view: View, staff: Principal) -> SavedView:
    return SavedView(
        id=view.id,
        name=view.name,
        filters=view.filters,
        shared_with=list(view.shared_with),
        owner=view.owner,
        may_change=view.is_kept_by(staff.id, staff.roles),
        version=view.version,
    )
