"""What reports, periods, figures and their parts are called on the screen."""

from __future__ import annotations

from typing import Final


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


REPORTS: Final = {
    "work": _("Work done"),
    "categories": _("Categories and modernisation"),
    "effectiveness": _("Effectiveness"),
    "sla": _("SLA"),
    "backlog": _("Backlog"),
}
# For staff alone: the FAQ is of no client.
STAFF_REPORTS: Final = {**REPORTS, "articles": _("FAQ")}
PERIOD_NAMES: Final = {
    "month": _("this month"),
    "last-month": _("last month"),
    "quarter": _("this quarter"),
    "last-quarter": _("last quarter"),
    "year": _("this year"),
    "30-days": _("the last 30 days"),
    "own": _("own period"),
}
FIGURES: Final = {
    "worked": _("Tickets with work in the period"),
    "additional": _("Tickets with additional work in the period"),
    "received": _("Tickets received in the period"),
    "resolved": _("Tickets resolved in the period"),
    "ended": _("Tickets that ended in the period"),
    "open": _("Tickets open now"),
    "reaction_kept": _("Tickets with a reaction in time"),
    "resolution_kept": _("Tickets with a resolution in time"),
    "rated": _("Tickets with a rating"),
    "received_additional": _("Tickets received in the period with additional work"),
    "reaction_broken": _("Tickets with a missed reaction"),
    "resolution_broken": _("Tickets with a missed resolution"),
    "assigned_kept": _("Tickets with a reaction in time, from the assignment"),
    "assigned_broken": _("Tickets with a missed reaction, from the assignment"),
    "reaction_time": _("Tickets by their time of reaction, the longest first"),
    "assigned_time": _("Tickets by the time from assignment to reaction, the longest first"),
    "resolution_time": _("Tickets by their time of resolution, the longest first"),
}
STAFF_FIGURES: Final = {
    **FIGURES,
    "used": _("Tickets for which the FAQ was used in the period"),
    "handled_time": _("Solved tickets by the time in their log, the longest first"),
}
# Which time of a ticket puts the tickets behind a figure in order.
TIMES: Final = {
    "reaction_time": "reaction_minutes",
    "assigned_time": "assigned_reaction_minutes",
    "resolution_time": "resolution_minutes",
    "handled_time": "minutes",
}
AGES: Final = {
    "day": _("up to a day"),
    "3 days": _("up to 3 days"),
    "week": _("up to a week"),
    "month": _("up to a month"),
    "older": _("longer"),
}
WEEKDAYS: Final = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
WHY: Final = {
    "new": _("%(tickets)s in %(days)s, none in the period before: something new goes wrong here."),
    "grows": _("%(tickets)s in %(days)s against %(before)s in the period before: it grows."),
    "repeats": _("%(tickets)s in %(days)s, %(before)s in the period before: it comes back again and again."),
}
DELIVERY_STATES: Final = {
    "waiting": _("waits to be sent"),
    "sending": _("is being sent"),
    "sent": _("was sent"),
    "failed": _("could not be sent"),
    "unsure": _("was cut off, may have arrived"),
}
EXPORT_STATES: Final = {
    "waiting": _("waits for its turn"),
    "making": _("is being made"),
    "ready": _("ready"),
    "failed": _("could not be made"),
}
