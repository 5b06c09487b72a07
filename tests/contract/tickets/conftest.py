"""The tickets service on a real MongoDB; without RabbitMQ, so that its events wait in the outbox."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from chassis.clock import new_id, now
from chassis.mongo import Database, connect, database
from chassis.principal import Principal
from contracts.categories_http import NewCategory
from contracts.intake import Requester, SubmissionReceived
from contracts.people import CompanyRef, PersonRef
from services.tickets.app import build_app
from services.tickets.settings import TicketsSettings
from services.tickets.store import Categories, Colleagues, Equipment, MergedPeople, Plans, Tickets
from services.tickets.use_cases.keep_categories import add_category
from services.tickets.use_cases.register_ticket import register_ticket
from tests.contract.serving import Answer, Calling, production_settings, serving

ZONE = ZoneInfo("Europe/Moscow")
COMPANY, OTHER_COMPANY = new_id(), new_id()
SPECIALIST = Principal(kind="staff", id=new_id(), full_name="Орлов Пётр", roles=("specialist",))
LIMITED = Principal(
    kind="staff", id=new_id(), full_name="Белова Анна", roles=("specialist",), companies=(COMPANY,)
)
DEVICE = Principal(
    kind="device", id=new_id(), full_name="Иванова Мария", person_id=new_id(), company_id=COMPANY
)


class Desk:
    """The service, what it keeps, and the submissions that come to it."""

    def __init__(self, calling: Calling, kept: Database) -> None:
        self._calling = calling
        self.kept = kept
        self.tickets = Tickets(kept)
        self.colleagues = Colleagues(kept)
        self.categories = Categories(kept)
        self.equipment = Equipment(kept)
        self.merged_people = MergedPeople(kept)
        self.plans = Plans(kept)

    async def __call__(
        self, method: str, path: str, body: Any = None, *, who: Principal | None = SPECIALIST, **headers: str
    ) -> Answer:
        return await self._calling(method, path, body, who=who, **headers)

    async def receive(self, **fields: Any) -> int:
        """A submission arrives; the number its ticket got."""
        submission = submitted(**fields)
        await self.register(submission)
        return (await self.tickets.of_submission(submission.submission_id)).number

    async def register(self, submission: SubmissionReceived) -> None:
        await register_ticket(self.tickets, self.merged_people, self.plans, submission, ZONE, now())

    async def categorise(self, *names: str) -> None:
        """There are categories of these names."""
        for name in names:
            await add_category(self.categories, NewCategory(name=name), new_id(), now())

    async def events(self, number: int) -> list[dict[str, Any]]:
        """What waits in the ticket's outbox, in order."""
        document = await self.kept["tickets"].find_one({"number": number})
        assert document is not None
        return [json.loads(pending["body"]) for pending in document.get("outbox", [])]


def submitted(company: UUID = COMPANY, **fields: Any) -> SubmissionReceived:
    requester = Requester(
        person=PersonRef(id=new_id(), full_name="Иванова Мария Петровна"),
        company=CompanyRef(id=company, name="ООО «Ромашка»"),
    )
    said = {
        "submission_id": new_id(),
        "channel": "bureaucrat",
        "title": "Не печатает принтер",
        "requester": requester,
        "received_at": now(),
    }
    return SubmissionReceived(**{**said, **fields})


@pytest.fixture(scope="package")
async def served(mongo_url: str) -> AsyncIterator[Desk]:
    client = connect(mongo_url)
    kept = database(client, f"tickets_{uuid4().hex[:8]}")
    settings = production_settings(TicketsSettings, mongo_url, kept.name)
    async with serving(build_app(settings)) as calling:
        yield Desk(calling, kept)
    await client.drop_database(kept.name)
    await client.close()


@pytest.fixture
async def desk(served: Desk) -> Desk:
    """Without the tickets and categories of the tests before."""
    await asyncio.gather(*(served.kept[name].delete_many({}) for name in ("tickets", "staff", "equipment")))
    for name in ("learned_words", "lessons"):
        await served.kept[name].delete_many({})
    await served.kept["learned_totals"].replace_one({}, {"tickets": {}, "words": {}})
    await served.kept["categories"].update_one({}, {"$set": {"categories": [], "unsettled": []}})
    return served
