"""One row of the list: the same HTML for the page and for the live push, rendered once per version."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from gateway.web.labels import FOUND_IN
from gateway.web.rendering import environment

KEPT = 8192
# What a row shows itself, with the pieces of each that were searched for.
_NOTHING = dict.fromkeys(("title", "person", "company"))
_rows: OrderedDict[tuple[str, int, str, str], str] = OrderedDict()


def render_row(ticket: Mapping[str, Any], lang: str) -> str:
    """`ticket` is a TicketRow as JSON; its clock's state can change without its version."""
    if ticket.get("found"):
        return _row(ticket, lang)
    key = (ticket["id"], ticket["version"], ticket["sla"]["state"], lang)
    row = _rows.get(key)
    if row is not None:
        _rows.move_to_end(key)
        return row
    row = _row(ticket, lang)
    _rows[key] = row
    if len(_rows) > KEPT:
        _rows.popitem(last=False)
    return row


def _row(ticket: Mapping[str, Any], lang: str) -> str:
    found = ticket.get("found", ())
    shown = {one["place"]: one["pieces"] for one in found if one["place"] not in FOUND_IN}
    elsewhere = [one for one in found if one["place"] in FOUND_IN]
    page = environment(lang).get_template("list/row.html")
    return page.render(ticket=ticket, shown={**_NOTHING, **shown}, elsewhere=elsewhere)
