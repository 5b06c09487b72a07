"""The envelope events travel in: who may say what, and what a reader puts up with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts import categories, clients, equipment, faq, gateway, history, intake, plans, terms, tickets
from contracts.envelope import Envelope, Event, envelop
from contracts.gateway import StaffSaved
from contracts.intake import IntakeEvent, SubmissionRated, SubmissionReplied
from contracts.people import PersonRef
from contracts.queues import LISTENINGS, Listening, is_heard

_AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def _reply() -> SubmissionReplied:
    person = PersonRef(id=uuid4(), full_name="Иванова Мария")
    return SubmissionReplied(submission_id=uuid4(), reply_id=uuid4(), person=person, text="да", at=_AT)


def _said(**fields: Any) -> dict[str, Any]:
    envelope = envelop(_reply(), event_id=uuid4(), time=_AT)
    return {**json.loads(envelope.model_dump_json()), **fields}


def _heard(said: dict[str, Any]) -> Envelope[SubmissionReplied]:
    return Envelope[SubmissionReplied].model_validate(said)


def test_an_event_arrives_as_it_was_sent() -> None:
    envelope = envelop(_reply(), event_id=uuid4(), time=_AT, traceparent="00-1-2-01")
    assert Envelope[SubmissionReplied].model_validate_json(envelope.model_dump_json()) == envelope


def test_an_envelope_is_a_cloud_event() -> None:
    said = _said()
    assert said["specversion"] == "1.0"
    assert said["source"] == "/services/intake"
    assert said["type"] == "helpdesk.submission.replied.v1"
    assert said["subject"] == said["data"]["submission_id"]
    assert said["time"] == "2026-11-23T07:00:00Z"


def test_fields_a_reader_does_not_know_are_ignored() -> None:
    said = _said(partition="7", dataschema="https://example.com")
    said["data"]["mood"] = {"$ne": ""}
    said["data"]["person"]["nickname"] = "Маша"
    assert _heard(said).data.text == "да"


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "/services/tickets"},
        {"source": "/gateway"},
        {"source": ""},
        {"type": "helpdesk.submission.rated.v1"},
        {"type": "helpdesk.submission.replied.v2"},
        {"type": "unknown"},
        {"specversion": "0.3"},
        {"datacontenttype": "text/xml"},
        {"id": "1"},
        {"time": "2026-11-23T07:00:00"},
        {"time": "yesterday"},
        {"data": None},
        {"data": []},
        {"data": {}},
    ],
)
def test_an_event_that_is_not_what_it_should_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _heard(_said(**fields))


def test_a_reader_of_a_family_takes_each_of_its_types_from_its_speaker_only() -> None:
    assert Envelope[IntakeEvent].model_validate(_said()).type == SubmissionReplied.TYPE
    with pytest.raises(ValidationError, match="spoken by"):
        Envelope[IntakeEvent].model_validate(_said(source="/services/clients"))


@pytest.mark.parametrize("score", [0, 6, -1, 2**70])
def test_a_rating_out_of_range_is_refused(score: int) -> None:
    reply = _said()["data"]
    with pytest.raises(ValidationError):
        SubmissionRated.model_validate({**reply, "rating_id": str(uuid4()), "score": score})


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_other_json_is_refused_and_nothing_worse(said: Any) -> None:
    with pytest.raises(ValidationError):
        Envelope[StaffSaved].model_validate_json(json.dumps(said))


def _events() -> list[type[Event]]:
    modules = (clients, equipment, faq, gateway, categories, history, intake, plans, terms, tickets)
    named = {name: value for module in modules for name, value in vars(module).items()}
    kinds = [value for value in named.values() if isinstance(value, type) and issubclass(value, Event)]
    return [kind for kind in kinds if "TYPE" in vars(kind)]


def test_every_event_has_a_type_and_a_speaker_of_its_own() -> None:
    kinds = _events()
    assert len({kind.TYPE for kind in kinds}) == len(kinds) > 10
    assert all(kind.TYPE.startswith("helpdesk.") and kind.TYPE.endswith(".v1") for kind in kinds)
    assert all(kind.SOURCE.startswith("/") for kind in kinds)


def test_internal_notes_are_the_only_ticket_events_that_are_not_public() -> None:
    assert [kind for kind in tickets.EVENTS if not kind.PUBLIC] == [tickets.TicketNoted]


@pytest.mark.parametrize("listening", LISTENINGS, ids=lambda listening: listening.queue)
def test_a_queue_is_named_by_who_listens_to_what(listening: Listening) -> None:
    assert listening.queue == f"{listening.listener}.on.{listening.what}"
    assert listening.dead == f"{listening.queue}.dead"
    assert any(is_heard(kind.TYPE) for kind in _events() if listening.what.split(".")[0] in kind.TYPE)


def test_an_event_nobody_listens_to_need_not_be_heard() -> None:
    assert not is_heard("helpdesk.licence.expiring.v1")
    assert is_heard("helpdesk.ticket.registered.v1")
