"""The saved views a specialist sees, as the list shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from chassis.principal import Principal
from gateway.access.memory import Memory
from gateway.parts import Parts
from gateway.upstream import Upstreams
from gateway.web.desk_calls import attempt
from gateway.web.filters import VIEWS, Filters, read_filters
from gateway.web.labels import ROLES
from gateway.web.language import words_of

_kept: WeakKeyDictionary[Upstreams, Memory[OwnViews]] = WeakKeyDictionary()


@dataclass(frozen=True)
class OwnView:
    id: str
    name: str
    filters: Filters
    shared_with: tuple[str, ...]
    owner: str
    may_change: bool
    version: int

    @property
    def href(self) -> str:
        return self.filters.href()


@dataclass(frozen=True)
class OwnViews:
    items: tuple[OwnView, ...] = ()
    home: str = "open"

    def find(self, view_id: str) -> OwnView | None:
        return next((one for one in self.items if one.id == view_id), None)

    @property
    def home_href(self) -> str:
        """Empty where the list begins as it always does."""
        view = self.find(self.home)
        if view:
            return view.href
        return Filters(view=self.home).href() if self.home in VIEWS and self.home != "open" else ""


async def own_views(parts: Parts, staff: Principal) -> OwnViews:
    """What was read some seconds ago serves again; without the tickets service there are none."""
    memory = _memory(parts)
    known = memory.get(str(staff.id))
    if known is not None:
        return known
    found = await attempt(parts.upstreams.get_json("tickets", "/views", staff, deadline=2.0))
    if found is None:
        return OwnViews()
    views = OwnViews(tuple(_own(one) for one in found["items"]), str(found["home"]))
    memory.keep(str(staff.id), views)
    return views


def forget_views(parts: Parts, staff: Principal) -> None:
    """The next look reads afresh."""
    _memory(parts).forget(str(staff.id))


def _memory(parts: Parts) -> Memory[OwnViews]:
    return _kept.setdefault(parts.upstreams, Memory())


def _own(view: Mapping[str, Any]) -> OwnView:
    filters = {name: str(value) for name, value in view["filters"].items() if value}
    return OwnView(
        id=view["id"],
        name=view["name"],
        filters=read_filters({**filters, "saved": view["id"]}),
        shared_with=tuple(view["shared_with"]),
        owner=view["owner"]["full_name"],
        may_change=view["may_change"],
        version=view["version"],
    )


def is_changed(views: OwnViews, filters: Filters) -> bool:
    """Whether the list was narrowed otherwise since one came to it by a saved view."""
    view = views.find(filters.saved)
    return view is not None and view.filters.kept != filters.kept


def shared_choices(lang: str) -> list[tuple[str, str]]:
    gettext = words_of(lang).gettext
    some = [("", gettext("only I")), ("all", gettext("everybody"))]
    return [*some, *((role, gettext(label)) for role, label in ROLES.items())]
