"""What the list shows, read from the address and written back into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from contracts.tickets import OPEN_STATUSES, Priority

PAGE = 50
VIEWS: dict[str, tuple[str, ...]] = {
    "open": tuple(OPEN_STATUSES),
    "new": ("new",),
    "mine": tuple(OPEN_STATUSES),
    "all": (),
}


_NAMES = ("view", "assignee", "company", "person", "priority", "q", "cursor")


@dataclass(frozen=True)
class Filters:
    view: str = "open"
    assignee: str = ""
    company: str = ""
    person: str = ""
    priority: str = ""
    q: str = ""
    cursor: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.assignee or self.company or self.person or self.priority or self.q)

    @property
    def query(self) -> str:
        """The canonical address of this list; the view is always named, so that it stays beside a ticket."""
        return urlencode([(name, value) for name in _NAMES if (value := getattr(self, name))])

    def href(self, **changed: str) -> str:
        """Another list: what was changed, from its first page."""
        return f"/tickets?{replace(self, **{'cursor': '', **changed}).query}"

    def assigned_to(self, me: str) -> str:
        return me if self.view == "mine" and not self.assignee else self.assignee

    def conditions(self, me: str) -> dict[str, object]:
        """What the browser needs to know whether a live row belongs here."""
        return {
            "status": list(VIEWS[self.view]),
            "assignee": self.assigned_to(me),
            "company": self.company,
            "person": self.person,
            "priority": self.priority,
            "q": self.q,
            "cursor": self.cursor,
        }

    def asked(self, me: str) -> dict[str, str]:
        """The same as the question to the tickets service."""
        asked = {
            "status": ",".join(VIEWS[self.view]),
            "assignee": self.assigned_to(me),
            "company": self.company,
            "person": self.person,
            "priority": self.priority,
            "q": self.q,
            "cursor": self.cursor,
            "limit": str(PAGE),
        }
        return {name: value for name, value in asked.items() if value}


def read_filters(query: Mapping[str, str]) -> Filters:
    """What is not a possible value is left out: an old or mistyped link still opens a list."""
    return Filters(
        view=query.get("view", "") if query.get("view") in VIEWS else "open",
        assignee="none" if query.get("assignee") == "none" else _identity(query.get("assignee", "")),
        company=_identity(query.get("company", "")),
        person=_identity(query.get("person", "")),
        priority=query.get("priority", "") if query.get("priority") in list(Priority) else "",
        q=" ".join(query.get("q", "").replace("\0", " ").split())[:200],
        cursor=query.get("cursor", "")[:500],
    )


def _identity(value: str) -> str:
    try:
        return str(UUID(value)) if value else ""
    except ValueError:
        return ""
