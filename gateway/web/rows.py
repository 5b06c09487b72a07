"""One row of the list: the same HTML for the page and for the live push, rendered once per version."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from gateway.web.rendering import environment

KEPT = 8192
_rows: OrderedDict[tuple[str, int, str, str], str] = OrderedDict()


def render_row(ticket: Mapping[str, Any], lang: str) -> str:
    """`ticket` is a TicketState as JSON; its clock's state can change without its version."""
    key = (ticket["id"], ticket["version"], ticket["sla"]["state"], lang)
    row = _rows.get(key)
    if row is not None:
        _rows.move_to_end(key)
        return row
    row = environment(lang).get_template("list/row.html").render(ticket=ticket)
    _rows[key] = row
    if len(_rows) > KEPT:
        _rows.popitem(last=False)
    return row
