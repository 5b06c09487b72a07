"""What the list shows, read from the address and written back into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from contracts.tickets import OPEN_STATUSES, Priority, Status

PAGE = 50
VIEWS: dict[str, tuple[str, ...]] = {
    "open": tuple(OPEN_STATUSES),
    "new": ("new",),
    "mine": tuple(OPEN_STATUSES),
    "all": (),
}
NEWEST = "-number"
SORTS = (NEWEST, "number", "-updated_at", "due")
# What links and views said before there was the order of the next deadlines.
_FORMER_SORTS = {"resolution_due": "due"}
JUDGED = ("warned", "broken")
# What narrows a view; the browser compares live rows with the same.
_NARROWING = ("assignee", "company", "person", "equipment", "category", "priority", "status", "sla", "q")
_NAMES = ("view", *_NARROWING, "sort", "saved", "cursor")
# What a saved view keeps.
KEPT = ("view", *_NARROWING, "sort")


@dataclass(frozen=True)
class Filters:
    """`saved` names the saved view one came by: it is shown as chosen, and can be brought up to date."""

    view: str = "open"
    assignee: str = ""
    company: str = ""
    person: str = ""
    equipment: str = ""
    category: str = ""
    priority: str = ""
    status: str = ""
    sla: str = ""
    q: str = ""
    sort: str = ""
    saved: str = ""
    cursor: str = ""

    @property
    def narrowed(self) -> bool:
        return any(getattr(self, name) for name in _NARROWING)

    @property
    def statuses(self) -> tuple[str, ...]:
        """The one that was chosen, or those of the view."""
        return (self.status,) if self.status else VIEWS[self.view]

    @property
    def query(self) -> str:
        """The canonical address of this list; the view is always named, so that it stays beside a ticket."""
        return urlencode([(name, value) for name in _NAMES if (value := getattr(self, name))])

    @property
    def kept(self) -> dict[str, str]:
        """What a saved view of this list keeps."""
        return {name: value for name in KEPT if (value := getattr(self, name))}

    def href(self, **changed: str) -> str:
        """Another list: what was changed, from its first page."""
        return f"/tickets?{replace(self, **{'cursor': '', **changed}).query}"

    def assigned_to(self, me: str) -> str:
        wanted = "me" if self.view == "mine" and not self.assignee else self.assignee
        return me if wanted == "me" else wanted

    def conditions(self, me: str) -> dict[str, object]:
        """What the browser needs to know whether a live row belongs here."""
        narrowing = {name: getattr(self, name) for name in _NARROWING}
        return {
            **narrowing,
            "status": list(self.statuses),
            "assignee": self.assigned_to(me),
            "sort": self.sort or NEWEST,
            "cursor": self.cursor,
        }

    def asked(self, me: str) -> dict[str, str]:
        """The same as the question to the tickets service."""
        asked = {
            **{name: getattr(self, name) for name in _NARROWING},
            "status": ",".join(self.statuses),
            "assignee": self.assigned_to(me),
            "sort": self.sort,
            "cursor": self.cursor,
            "limit": str(PAGE),
        }
        return {name: value for name, value in asked.items() if value}


def read_filters(query: Mapping[str, str]) -> Filters:
    """What is not a possible value is left out: an old or mistyped link still opens a list."""
    assignee, sort = query.get("assignee", ""), query.get("sort", "")
    sort = _FORMER_SORTS.get(sort, sort)
    status = query.get("status", "") if query.get("status") in list(Status) else ""
    return Filters(
        view=_view(query.get("view", ""), status),
        assignee=assignee if assignee in ("none", "me") else _identity(assignee),
        company=_identity(query.get("company", "")),
        person=_identity(query.get("person", "")),
        equipment=_identity(query.get("equipment", "")),
        category=_line(query.get("category", ""))[:200],
        priority=query.get("priority", "") if query.get("priority") in list(Priority) else "",
        status=status,
        sla=query.get("sla", "") if query.get("sla") in JUDGED else "",
        q=_line(query.get("q", ""))[:200],
        sort=sort if sort in SORTS and sort != NEWEST else "",
        saved=_identity(query.get("saved", "")),
        cursor=query.get("cursor", "")[:500],
    )


def _view(name: str, status: str) -> str:
    """What is asked for beside the open ones is sought among all; one's own stay one's own."""
    view = name if name in VIEWS else "open"
    return "all" if view in ("open", "new") and status and status not in VIEWS[view] else view


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())


def _identity(value: str) -> str:
    try:
        return str(UUID(value)) if value else ""
    except ValueError:
        return ""
