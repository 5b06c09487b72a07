"""A saved view of the list: whose it is, who sees it, and who may change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.people import StaffRef
from contracts.tickets import OPEN_STATUSES, Status
from contracts.views_http import Arrangement, BuiltIn, SharedWith, ViewFilters
from services.tickets.domain.category import CategoryTree, sought
from services.tickets.domain.listing import Wanted, number_in

# They keep what is shared, also when its owner is away.
KEEPERS = frozenset({"dispatcher", "manager", "admin"})
STATUSES: dict[str, tuple[Status, ...]] = {
    "open": OPEN_STATUSES,
    "new": (Status.NEW,),
    "mine": OPEN_STATUSES,
    "all": (),
}
# Of all tickets there ever were nobody needs to know that there are more than 99.
COUNTED: tuple[BuiltIn, ...] = ("open", "new", "mine")


class View(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: UUID
    version: int = 1
    name: str
    filters: ViewFilters
    shared_with: tuple[SharedWith, ...] = ()
    owner: StaffRef

    def is_seen_by(self, staff_id: UUID, roles: Iterable[str]) -> bool:
        return (
            staff_id == self.owner.id
            or "all" in self.shared_with
            or not set(roles).isdisjoint(self.shared_with)
        )

    def is_kept_by(self, staff_id: UUID, roles: Iterable[str]) -> bool:
        """Whoever may change it: the owner always, keepers what is shared with them."""
        if staff_id == self.owner.id:
            return True
        return self.is_seen_by(staff_id, roles) and not KEEPERS.isdisjoint(roles)

    def changed(self, wanted: dict[str, Any]) -> View:
        """The same again changes nothing, not even the version."""
        after = self.model_copy(update=wanted)
        return self if after == self else after.model_copy(update={"version": self.version + 1})


def wanted_of(
    filters: ViewFilters, staff_id: UUID, companies: tuple[UUID, ...] | None, tree: CategoryTree
) -> Wanted:
    """What the view shows to whoever looks, in their own limits."""
    assignee = filters.assignee or ("me" if filters.view == "mine" else None)
    return Wanted(
        statuses=(filters.status,) if filters.status else STATUSES[filters.view],
        company=filters.company,
        assignee=staff_id if assignee == "me" else assignee,
        **sought(tree, filters.category),
        priority=filters.priority,
        sla=filters.sla,
        person=filters.person,
        equipment=filters.equipment,
        text=filters.q,
        number=number_in(filters.q),
        companies=companies,
        sort=filters.sort,
    )


def arranged(views: Sequence[View], order: Sequence[UUID]) -> list[View]:
    """Those named first, as they are named; the others after them by name."""
    places = {view_id: place for place, view_id in enumerate(order)}
    return sorted(views, key=lambda view: (places.get(view.id, len(places)), view.name.casefold(), view.id))


def home_of(arrangement: Arrangement, views: Iterable[View]) -> BuiltIn | UUID:
    """A view that is gone, or no longer shared, is nobody's home."""
    home = arrangement.home
    if isinstance(home, UUID) and home not in {view.id for view in views}:
        return "open"
    return home
