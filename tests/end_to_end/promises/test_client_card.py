"""Licences, contracts, hours, terms and tables, through the gateway and all services behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aio_pika
import aiohttp
import pytest

from chassis.clock import new_id
from contracts.envelope import Envelope
from contracts.queues import FEED
from contracts.terms import LicenceExpiring
from deploy.local.stack import Stack
from tests.calendar import today
from tests.end_to_end.promises.people import Specialist, employee_at, specialist_at

_PATIENCE_SECONDS = 60


@pytest.fixture
async def admin(helpdesk: Stack) -> AsyncIterator[Specialist]:
    async with specialist_at(helpdesk.url, "admin") as somebody:
        yield somebody


@pytest.fixture
async def company(admin: Specialist) -> dict[str, Any]:
    made: dict[str, Any] = await admin.done("POST", "/companies", json={"name": f"ООО «Карточка {new_id()}»"})
    return made


async def test_what_is_left_of_a_companys_hours_follows_the_work(
    helpdesk: Stack, admin: Specialist, company: dict[str, Any]
) -> None:
    path = f"/companies/{company['id']}/hours"
    without = await admin.done("GET", path)
    assert (without["contract"], without["used_minutes"], without["left_minutes"]) == (None, 0, None)
    contract = {"company_id": company["id"], "number": "1", "valid_from": today().isoformat()}
    contract["included_minutes"] = 60
    made = await admin.call("POST", "/contracts", json=contract)
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    code = (await admin.done("POST", f"/companies/{company['id']}/codes", json={}))["code"]
    async with employee_at(helpdesk.url, code=code) as employee:
        number = (await employee.submit("Работа по договору"))["number"]
    month = today().strftime("%Y-%m")
    for entry in ({"minutes": 45}, {"minutes": 30}, {"minutes": 20, "additional": True}):
        await admin.done("POST", f"/tickets/{number}/entries", json={"text": "сделано", **entry})
    hours = await admin.done("GET", f"{path}?month={month}")
    assert hours["contract"]["id"] == made.body["id"]
    assert (hours["included_minutes"], hours["used_minutes"], hours["additional_minutes"]) == (60, 75, 20)
    assert (hours["left_minutes"], hours["beyond_minutes"]) == (0, 15)
    earlier = await admin.done("GET", f"{path}?month=2020-01")
    assert (earlier["contract"], earlier["used_minutes"]) == (None, 0)
    assert (await admin.call("GET", f"{path}?month=x")).status == 422
    assert (await admin.call("GET", f"/companies/{new_id()}/hours")).status == 404


async def test_what_comes_to_its_end_is_listed_and_told_to_other_systems(
    helpdesk: Stack, admin: Specialist, company: dict[str, Any]
) -> None:
    soon = (today() + timedelta(days=5)).isoformat()
    body = {"company_id": company["id"], "product": "Антивирус", "valid_until": soon}
    licence = await admin.done("POST", "/licences", json=body)
    (term,) = (await admin.done("GET", f"/terms?within=30&company={company['id']}"))["items"]
    assert (term["kind"], term["id"], term["ends_on"]) == ("licence", licence["id"], soon)
    told = await _told(helpdesk, licence["id"])
    assert (told.kind, told.name, told.ends_on.isoformat(), told.days_before) == (
        "licence", "Антивирус", soon, 7,
    )  # fmt: skip
    assert told.company.name == company["name"]


async def _told(helpdesk: Stack, key: str) -> LicenceExpiring:
    """From the feed, as any other system reads it."""
    found: asyncio.Queue[LicenceExpiring] = asyncio.Queue()

    async def read(message: aio_pika.abc.AbstractIncomingMessage) -> None:
        await message.ack()
        if message.type == LicenceExpiring.TYPE:
            event = Envelope[LicenceExpiring].model_validate_json(message.body).data
            if str(event.id) == key:
                found.put_nowait(event)

    connection = await aio_pika.connect(helpdesk.amqp_url)
    async with connection, asyncio.timeout(2 * _PATIENCE_SECONDS):
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=100)
        feed = await channel.get_queue(FEED, ensure=False)
        await feed.consume(read, arguments={"x-stream-offset": "first"})
        return await found.get()


async def test_a_table_goes_in_and_out_through_the_gateway(
    admin: Specialist, specialist: Specialist, company: dict[str, Any]
) -> None:
    lines = [f"Человек {number};{company['name']};p{number}@card.example" for number in range(150)]
    content = "\n".join(["ФИО;Компания;Почта", *lines]).encode("cp1251")
    form = aiohttp.FormData()
    form.add_field("what", "people")
    form.add_field("file", content, filename="люди.csv", content_type="text/csv")
    job = await specialist.done("POST", "/import", data=form)
    columns = [column["field"] for column in job["columns"]]
    path = f"/import/{job['id']}"
    await specialist.done("PUT", f"{path}/matching", json={"columns": columns})
    await _reached(specialist, path, "checked")
    first = await specialist.done("GET", f"{path}/rows?limit=1")
    assert (first["items"][0]["outcome"], first["items"][0]["name"]) == ("create", "Человек 0")
    await specialist.done("POST", f"{path}/apply")
    done = await _reached(specialist, path, "done")
    assert (done["counts"]["create"], done["done_rows"]) == (150, 150)
    assert (await admin.call("GET", path)).status == 404
    for format_ in ("csv", "xlsx"):
        wanted = f"/export?what=people&format={format_}&company={company['id']}"
        answer = await admin.call("GET", wanted)
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="people-')
        form = aiohttp.FormData()
        form.add_field("what", "people")
        form.add_field("file", answer.body, filename=f"a.{format_}")
        again = await admin.done("POST", "/import", data=form)
        assert again["rows"] == 150
    errors = await specialist.call("GET", f"{path}/errors")
    assert errors.body.decode("utf-8-sig").startswith("ФИО;Компания;Почта;row;error")


async def _reached(specialist: Specialist, path: str, state: str) -> dict[str, Any]:
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            job: dict[str, Any] = await specialist.done("GET", path)
            if job["state"] == state:
                return job
            await asyncio.sleep(0.1)


async def test_a_write_by_cookie_needs_the_token_here_too(admin: Specialist) -> None:
    admin.proof = {}
    for method, path, options in (
        ("POST", "/import", {"data": b""}),
        ("POST", "/contracts", {"json": {}}),
        ("POST", "/licences", {"json": {}}),
        ("POST", f"/import/{new_id()}/apply", {}),
    ):
        assert (await admin.call(method, path, **options)).status == 403


async def test_who_was_entered_twice_is_one_everywhere(
    helpdesk: Stack, admin: Specialist, company: dict[str, Any]
) -> None:
    body = {"company_id": company["id"], "full_name": "Дважды Записанный"}
    target = await admin.done("POST", "/people", json=body)
    code = (await admin.done("POST", f"/companies/{company['id']}/codes", json={}))["code"]
    async with employee_at(helpdesk.url, code=code) as employee:
        sent = await employee.submit("Отправлено первым из двоих")
        source = employee.device["person"]["id"]
        merged = await admin.done("POST", f"/people/{source}/merge", json={"into": target["id"]})
        assert merged["id"] == target["id"]
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                ticket = await admin.done("GET", f"/tickets/{sent['number']}")
                me = await employee.done("GET", "/me")
                mine = [one["id"] for one in (await employee.done("GET", "/submissions"))["items"]]
                if ticket["person"]["id"] == target["id"] == me["person"]["id"] and mine == [sent["id"]]:
                    break
                await asyncio.sleep(0.1)
        assert (await employee.submit("Отправлено уже одним"))["number"]
        listed = await admin.done("GET", f"/tickets?person={target['id']}")
        assert len(listed["items"]) == 2
        assert (await admin.done("GET", f"/tickets?person={source}"))["items"] == []
