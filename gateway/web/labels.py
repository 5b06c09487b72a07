"""What the contracts' words are called on the screen."""

from __future__ import annotations

from typing import Final


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


VIEWS: Final = {
    "open": _("Open tickets"),
    "new": _("New tickets"),
    "mine": _("Mine"),
    "all": _("All"),
}
ROLES: Final = {
    "specialist": _("specialists"),
    "dispatcher": _("dispatchers"),
    "manager": _("managers"),
    "admin": _("administrators"),
}
ORDERS: Final = {
    "-number": _("Newest first"),
    "number": _("Oldest first"),
    "-updated_at": _("Changed last first"),
    "due": _("By the clock"),
}
JUDGED: Final = {
    "warned": _("Near a breach"),
    "broken": _("Promise broken"),
}
# Where a search found its words, where the row itself does not show them.
FOUND_IN: Final = {
    "text": _("in the description:"),
    "log": _("in the log:"),
    "equipment": _("equipment:"),
}
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
    "outside_hours": _("outside working hours"),
    "holiday": _("holiday"),
}
PRIORITIES: Final = {
    "low": _("Low"),
    "normal": _("Normal"),
    "high": _("High"),
    "urgent": _("Urgent"),
}
WEEKDAYS: Final = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
CHANNELS: Final = {
    "bureaucrat": _("Bureaucrat"),
    "portal": _("Web form"),
    "api": _("API"),
    "phone": _("Phone call"),
    "email": _("E-mail"),
}
ARTICLE_STATUSES: Final = {
    "draft": _("Draft"),
    "published": _("Published"),
    "withdrawn": _("Withdrawn"),
}
VISIBILITIES: Final = {
    "internal": _("Colleagues"),
    "public": _("Colleagues and clients"),
}
ARTICLE_FIELDS: Final = {
    "title": _("Title"),
    "category": _("Category"),
    "tags": _("Tags"),
    "status": _("Status"),
    "visibility": _("Who reads it"),
    "check_by": _("Check by"),
}
EQUIPMENT_KINDS: Final = {
    "server": _("Server"),
    "router": _("Router"),
    "switch": _("Switch"),
    "access_point": _("Access point"),
    "workstation": _("Workstation"),
    "printer": _("Printer"),
    "ups": _("UPS"),
    "camera": _("Camera"),
    "phone": _("Telephone"),
    "other": _("Other"),
}
REVEAL_KINDS: Final = {
    "secret": _("password"),
    "code": _("one-time code"),
    "licence_key": _("licence key"),
}
TERM_KINDS: Final = {
    "licence": _("licence"),
    "contract": _("contract"),
    "warranty": _("warranty"),
}
CONTRACT_STATES: Final = {
    "coming": _("not yet"),
    "current": _("holds"),
    "over": _("over"),
}
# Fields of a piece of equipment that a snapshot may change.
SEEN_FIELDS: Final = {
    "hostname": _("Host name"),
    "serial": _("Serial number"),
    "addresses": _("Addresses"),
    "mac": _("MAC address"),
    "person_id": _("Used by"),
}
FIELDS: Final = {
    "status": _("Status"),
    "assignee": _("Assignee"),
    "priority": _("Priority"),
    "category": _("Category"),
    "equipment": _("Equipment"),
    "person": _("Person"),
    "title": _("Title"),
    "plan": _("SLA plan"),
    "merged_into": _("Merged into"),
    "merged_from": _("Merged from"),
    "link": _("Linked ticket"),
    "breach_reason": _("Why it was missed"),
}
LINKS: Final = {
    "split_from": _("came out of it"),
    "split_into": _("split off"),
}
ENTRIES: Final = {
    "answer": _("answered the client"),
    "note": _("internal note"),
    "work": _("work"),
    "change": _("changed"),
    "reply": _("client's reply"),
    "reopening": _("client: not solved"),
    "rating": _("client's rating"),
    "correction": _("put an entry right"),
}
DIAGNOSTICS: Final = {
    "hostname": _("Computer"),
    "os": _("System"),
    "uptime_seconds": _("Running for"),
    "disks": _("Disks"),
    "memory": _("Memory"),
    "addresses": _("Addresses"),
    "user_name": _("User"),
    "default_printer": _("Printer"),
    "taken_at": _("Taken"),
    "program": _("Program"),
}

BREACH_REASONS: Final = (
    _("Nobody was free"),
    _("Noticed too late"),
    _("Harder than it seemed"),
    _("Waited for a supplier"),
    _("Waited for a spare part"),
    _("The client could not be reached"),
    _("Other"),
)

# Where a ticket may go from each status, in the order of the buttons: (status, label of the button).
_TAKE: Final = ("in_progress", _("Take into work"))
_WAIT: Final = ("waiting", _("Wait for client"))
_RESOLVE: Final = ("resolved", _("Resolve"))
_CANCEL: Final = ("cancelled", _("Cancel the ticket"))
_REOPEN: Final = ("in_progress", _("Reopen"))
STEPS: Final = {
    "new": (_TAKE, _WAIT, _RESOLVE, _CANCEL),
    "in_progress": (_RESOLVE, _WAIT, _CANCEL),
    "waiting": (_TAKE, _RESOLVE, _CANCEL),
    "resolved": (("closed", _("Close the ticket")), _REOPEN),
    "closed": (_REOPEN,),
    "cancelled": (_REOPEN,),
    "merged": (),
}

# Status: (title, what it means for the reader).
ERRORS: Final = {
    400: (_("This did not work"), _("The request was not understood. Go back and try again.")),
    403: (_("Not allowed"), _("You are not allowed to do this, or the page is too old: load it anew.")),
    404: (_("There is no such page"), _("Perhaps the address is mistyped, or this is not for you to see.")),
    409: (_("Somebody was faster"), _("This was changed meanwhile. Look at it anew and decide again.")),
    413: (_("Too large"), _("This is more than can be sent at once. Send fewer or smaller files.")),
    422: (_("Not accepted"), _("Something in the form is not as it should be. Go back and check it.")),
    429: (_("Too many attempts"), _("Wait a little, then try again.")),
    500: (_("We made a mistake"), _("It is in our log. Try again; if it stays, tell the administrator.")),
    503: (_("This does not answer just now"), _("A part of the system is away. Try again in a few seconds.")),
}
