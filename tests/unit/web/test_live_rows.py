"""A live row brings all that the list's filters look at: a missing one would break every open list."""

from __future__ import annotations

from chassis.clock import new_id
from contracts.people import Author
from contracts.tickets import TicketChanged, TicketEvent, TicketSlaBroken, TicketSlaWarned, TicketState
from gateway.live.heard import Heard
from gateway.web.filters import Filters
from gateway.web.live_views import rows_in
from tests.unit.web.samples import ticket

# What is no field of the ticket: how it is sorted, paged and searched.
_NOT_COMPARED = {"q", "sort", "cursor"}


def _shown(kind: type[TicketEvent], **more: object) -> dict[str, object]:
    author = Author(kind="system", full_name="")
    event = kind.model_validate({"ticket": TicketState.model_validate(ticket()), "author": author, **more})
    shown = rows_in("ru").show(Heard(str(new_id()), kind.TYPE, event))
    assert shown is not None
    return shown


def test_a_row_has_every_field_that_a_filter_compares() -> None:
    row = _shown(TicketChanged)
    assert set(Filters().conditions("")) - _NOT_COMPARED <= set(row)
    assert row["sla"] == {"state": "running"}


def test_it_is_told_that_a_target_is_near_its_end_or_missed() -> None:
    told = [
        _shown(kind, **({} if kind is TicketChanged else {"target": "reaction"}))["what"]
        for kind in (TicketSlaWarned, TicketSlaBroken, TicketChanged)
    ]
    assert [what["due"] for what in told if isinstance(what, dict)] == ["warned", "broken", None]
