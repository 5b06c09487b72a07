"""The small parts: clock, cursors, versions, heartbeats, outbox updates, health."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Gauge
from pydantic import BaseModel, Field

from chassis.broker import with_heartbeat
from chassis.clock import new_id, now
from chassis.health import Health
from chassis.outbox import outbox_fields, with_outbox
from chassis.parameters import cursor_of, position_in, version_of
from chassis.problems import Problem
from contracts.gateway import StaffSaved
from tests.unit.chassis.asgi import Answer, call

_AT = datetime(2026, 11, 23, tzinfo=UTC)


class _Position(BaseModel):
    number: Annotated[int, Field(ge=0, le=2**53)]
    name: str


def _event() -> StaffSaved:
    return StaffSaved(id=uuid4(), version=1, full_name="Орлов", roles=["admin"])


def test_now_is_what_mongodb_can_keep() -> None:
    moment = now()
    assert moment.tzinfo is UTC
    assert moment.microsecond % 1000 == 0


def test_ids_are_sorted_by_their_time() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(ids)
    assert {identity.version for identity in ids} == {7}


@given(st.integers(0, 2**53), st.text())
def test_a_cursor_leads_back_to_its_position(number: int, name: str) -> None:
    position = _Position(number=number, name=name)
    cursor = cursor_of(position)
    assert cursor is not None
    assert position_in(cursor, _Position) == position


@given(st.text(max_size=60))
def test_no_other_text_is_a_cursor(text: str) -> None:
    if text:
        with pytest.raises(Problem):
            position_in(text, _Position)


def test_there_is_no_cursor_to_nowhere() -> None:
    assert cursor_of(None) is None
    assert position_in("", _Position) is None


@pytest.mark.parametrize(
    ("header", "version"), [(None, None), ("*", None), ('"7"', 7), ('W/"7"', 7), (" 7 ", 7), ('"0"', 0)]
)
async def test_the_version_in_if_match(header: str | None, version: int | None) -> None:
    assert await version_of(header) == version


@pytest.mark.parametrize("header", ["", '"x"', "-1", "1e3", '"1", "2"', "9" * 30, "٣", '"7"; --'])
async def test_no_version_of_ours_is_412(header: str) -> None:
    with pytest.raises(Problem) as refused:
        await version_of(header)
    assert refused.value.status == 412


@pytest.mark.parametrize(
    ("url", "beating"),
    [
        ("amqp://h/", "amqp://h/?heartbeat=10"),
        ("amqp://h/?a=b", "amqp://h/?a=b&heartbeat=10"),
        ("amqp://h/?heartbeat=3", "amqp://h/?heartbeat=3"),
    ],
)
def test_every_connection_has_a_heartbeat(url: str, beating: str) -> None:
    assert with_heartbeat(url) == beating


def test_a_new_document_carries_its_events_in_order() -> None:
    events = [_event(), _event()]
    fields = outbox_fields(events, _AT)
    assert fields["outbox_since"] == _AT
    said = [json.loads(pending["body"]) for pending in fields["outbox"]]
    assert [envelope["data"]["id"] for envelope in said] == [str(event.id) for event in events]
    assert [str(pending["id"]) for pending in fields["outbox"]] == [envelope["id"] for envelope in said]
    assert outbox_fields([], _AT) == {}


def test_an_update_queues_its_events_behind_those_that_wait() -> None:
    update = with_outbox({"$set": {"a": 1}, "$push": {"log": 1}, "$min": {"b": 2}}, [_event()], _AT)
    assert update["$set"] == {"a": 1}
    assert update["$push"]["log"] == 1
    assert len(update["$push"]["outbox"]["$each"]) == 1
    assert update["$min"] == {"b": 2, "outbox_since": _AT}
    assert with_outbox({"$set": {"a": 1}}, [], _AT) == {"$set": {"a": 1}}


async def _fine() -> None:
    return


async def _broken() -> None:
    raise ConnectionError("mongodb://user:hunter2@db")


async def _silent() -> None:
    await asyncio.Event().wait()


async def _ask(health: Health, path: str, *, is_public: bool = False) -> Answer:
    app = FastAPI()
    app.include_router(health.router(is_public=is_public))
    return await call(app, path)


async def test_ready_is_who_passes_every_required_check() -> None:
    health = Health(CollectorRegistry())
    health.require("mongodb", _fine)
    health.advise("rabbitmq", _broken)
    answer = await _ask(health, "/readyz")
    assert (answer.status, answer.body["checks"]) == (200, {"mongodb": "ok", "rabbitmq": "ConnectionError"})
    health.require("prepared", _broken)
    answer = await _ask(health, "/readyz")
    assert (answer.status, answer.body["status"]) == (503, "not ready")
    assert "hunter2" not in answer.content.decode()
    assert (await _ask(health, "/healthz")).status == 200


async def test_a_check_that_does_not_answer_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.health._CHECK_SECONDS", 0.01)
    health = Health(CollectorRegistry())
    health.require("mongodb", _silent)
    assert await health.readiness() == (False, {"mongodb": "no answer in time"})


async def test_the_world_learns_that_we_are_well_but_not_how_we_are_made() -> None:
    health = Health(CollectorRegistry())
    health.require("mongodb", _broken)
    answer = await _ask(health, "/readyz", is_public=True)
    assert (answer.status, answer.body) == (503, {"status": "not ready"})
    assert (await _ask(health, "/metrics", is_public=True)).status == 404


async def test_gauges_are_brought_up_to_date_and_metrics_given_though_one_cannot_be() -> None:
    registry = CollectorRegistry()
    gauge = Gauge("helpdesk_test", "A gauge.", registry=registry)
    health = Health(registry)

    async def refresh() -> None:
        gauge.set(7)

    health.before_scrape(_broken)
    health.before_scrape(refresh)
    answer = await _ask(health, "/metrics")
    assert answer.status == 200
    assert b"helpdesk_test 7.0" in answer.content
