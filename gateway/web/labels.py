"""What the contracts' words are called on the screen."""

from __future__ import annotations

from typing import Final


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


STATUSES: Final = {
    "new": _("New"),
    "in_progress": _("In progress"),
    "waiting": _("Waiting for client"),
    "resolved": _("Resolved"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
    "merged": _("Merged"),
}
# The same states for the client: his ticket waits for him, not «for the client».
CLIENT_STATUSES: Final = {
    **STATUSES,
    "received": _("Accepted"),
    "new": _("Accepted"),
    "waiting": _("Waiting for your answer"),
}
INTERVALS: Final = {
    "working": _("working time"),
    "waiting": _("waiting for client"),
    "off_hours": _("outside working hours"),
    "holiday": _("holiday"),
}
PRIORITIES: Final = {
    "low": _("Low"),
    "normal": _("Normal"),
    "high": _("High"),
    "urgent": _("Urgent"),
}
CHANNELS: Final = {
    "bureaucrat": _("Bureaucrat"),
    "portal": _("Web form"),
    "api": _("API"),
    "phone": _("Phone call"),
    "email": _("E-mail"),
}
FIELDS: Final = {
    "status": _("Status"),
    "assignee": _("Assignee"),
    "priority": _("Priority"),
    "category": _("Category"),
    "equipment": _("Equipment"),
    "title": _("Title"),
}
ENTRIES: Final = {
    "answer": _("answered the client"),
    "note": _("internal note"),
    "work": _("work"),
    "change": _("changed"),
    "reply": _("client's reply"),
    "reopening": _("client: not solved"),
    "rating": _("client's rating"),
}
DIAGNOSTICS: Final = {
    "hostname": _("Computer"),
    "user": _("User"),
    "username": _("User"),
    "os": _("System"),
    "uptime": _("Running for"),
    "uptime_seconds": _("Running for, s"),
    "memory": _("Memory"),
    "disk": _("Disk"),
    "disks": _("Disks"),
    "disk_free": _("Free on disk"),
    "addresses": _("Addresses"),
    "printer": _("Printer"),
    "default_printer": _("Printer"),
}

# Where a ticket may go from each status, in the order of the buttons: (status, label of the button).
STEPS: Final = {
    "new": (
        ("in_progress", _("Take into work")),
        ("waiting", _("Wait for client")),
        ("resolved", _("Resolve")),
    ),
    "in_progress": (("waiting", _("Wait for client")), ("resolved", _("Resolve"))),
    "waiting": (("in_progress", _("Take into work")), ("resolved", _("Resolve"))),
    "resolved": (("closed", _("Close")), ("in_progress", _("Reopen"))),
    "closed": (("in_progress", _("Reopen")),),
    "cancelled": (("in_progress", _("Reopen")),),
    "merged": (),
}
