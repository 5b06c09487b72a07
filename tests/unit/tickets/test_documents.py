"""A ticket as it is kept, and back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import bson
import pytest
from bson.binary import UuidRepresentation
from bson.codec_options import CodecOptions
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from chassis.clock import new_id
from contracts.intake import FileRef
from contracts.tickets import Status, TicketState
from contracts.tickets_http import TicketView
from services.tickets.domain.plan import DEFAULT_PLAN
from services.tickets.domain.ticket import Ticket
from services.tickets.store.documents import ROW_FIELDS, to_document, to_row, to_ticket, to_view
from tests.unit.tickets.samples import COLLEAGUE, MONDAY, SPECIALIST, a_ticket, an_entry, later, set_fields

_OPTIONS: CodecOptions[dict[str, Any]] = CodecOptions(
    tz_aware=True, uuid_representation=UuidRepresentation.STANDARD
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def _kept(ticket: Ticket) -> dict[str, Any]:
    """The document as MongoDB gives it back."""
    encoded = bson.encode({"_id": ticket.id, **to_document(ticket)}, codec_options=_OPTIONS)
    return bson.decode(encoded, codec_options=_OPTIONS)


def _busy_ticket(**fields: Any) -> Ticket:
    file = FileRef(id=new_id(), kind="attachment", name="лог.txt", content_type="text/plain", size=3)
    ticket = a_ticket(files=[file], **fields)
    ticket.log_entry(an_entry("work", later(minutes=5), minutes=15, additional=True), DEFAULT_PLAN)
    ticket.correct_entry(ticket.entries[0].id, {"minutes": 20}, SPECIALIST, later(minutes=6))
    set_fields(ticket, later(minutes=10), assignee=COLLEAGUE, status=Status.WAITING)
    ticket.reply(an_entry("reply", later(minutes=20)), DEFAULT_PLAN)
    set_fields(ticket, later(minutes=30), status=Status.RESOLVED)
    ticket.rate(an_entry("rating", later(minutes=40), text="4/5"), 4)
    ticket.take_events()
    return ticket


def test_a_ticket_is_read_back_as_it_was_kept() -> None:
    ticket = _busy_ticket()
    assert to_ticket(_kept(ticket)) == ticket


@given(diagnostics=st.dictionaries(st.text(), _JSON, max_size=4))
def test_diagnostics_of_any_keys_are_read_back(diagnostics: dict[str, Any]) -> None:
    kept = _kept(_busy_ticket(diagnostics=diagnostics))
    assert to_ticket(kept).diagnostics == diagnostics
    assert isinstance(kept["diagnostics"], str)


@pytest.mark.parametrize("hours", [0, 1, 500])
def test_a_row_says_what_the_ticket_says(hours: int) -> None:
    ticket = _busy_ticket()
    now = MONDAY + timedelta(hours=hours)
    row = to_row({name: value for name, value in _kept(ticket).items() if name in {"_id", *ROW_FIELDS}}, now)
    assert TicketState.model_validate(row) == ticket.state(now)


def test_a_view_is_the_documented_shape_and_shows_nothing_else() -> None:
    ticket = _busy_ticket()
    view = to_view({**_kept(ticket), "outbox": [{"body": b"x"}], "outbox_since": MONDAY}, later(hours=1))
    assert TypeAdapter(TicketView).validate_python(view).entries[0].corrections[0].minutes == 15
    assert set(view) == set(TicketView.model_fields)
    assert json.loads(json.dumps(view, default=str))["title"] == ticket.title
