"""The reporting service on a real MongoDB; without RabbitMQ: tests tell it what it would hear."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from chassis import mongo
from chassis.clock import new_id
from chassis.mongo import Database, connect, database
from chassis.principal import Principal
from services.reporting.app import build_app
from services.reporting.domain.storage import TicketStorage
from services.reporting.folding import fold_once
from services.reporting.settings import ReportingSettings
from services.reporting.store import Archive
from services.reporting.use_cases.hear_tickets import hear_ticket
from tests.contract.serving import Answer, Calling, production_settings, serving
from tests.unit.reporting.histories import COMPANIES, Said

ZONE = ZoneInfo("Europe/Moscow")
BOSS = Principal(kind="staff", id=new_id(), full_name="Белова Анна", roles=("manager",))
LIMITED = Principal(
    kind="staff", id=new_id(), full_name="Орлов Пётр", roles=("specialist",), companies=(COMPANIES[0].id,)
)
MANAGER = Principal(
    kind="device",
    id=new_id(),
    full_name="Директор",
    person_id=new_id(),
    company_id=COMPANIES[1].id,
    is_manager=True,
)
EMPLOYEE = MANAGER.model_copy(update={"is_manager": False})


class Reporting:
    """The service, and what it keeps."""

    def __init__(self, calling: Calling, kept: Database) -> None:
        self._calling = calling
        self.kept = kept
        self.archive = Archive(kept.client, kept, ZONE)

    async def __call__(self, path: str, *, who: Principal | None = BOSS) -> Answer:
        return await self._calling("GET", path, who=who)

    async def call(
        self, method: str, path: str, body: Any = None, *, who: Principal = BOSS, **headers: str
    ) -> Answer:
        return await self._calling(method, path, body, who=who, **headers)

    async def report(self, path: str, *, who: Principal = BOSS) -> dict[str, Any]:
        answer = await self(path, who=who)
        assert answer.status == 200, answer.body
        return dict(answer.body)

    async def hear(self, events: Iterable[Said]) -> None:
        for said in events:
            await hear_ticket(self.archive, said.state, said.entry, said.into)

    async def fold(self) -> None:
        """Until nothing is left to be brought into step: the service itself may do some of it."""
        while await fold_once(self.archive):
            pass

    async def live(self) -> TicketStorage:
        return self.archive.tickets((await self.archive.generations()).live)


@pytest.fixture(autouse=True)
def patient_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of tickets are counted at once here, and a disk may stall."""
    monkeypatch.setattr(mongo, "_TRANSACTION_SECONDS", 60.0)


@pytest.fixture
async def reporting(mongo_url: str) -> AsyncIterator[Reporting]:
    """On a database of its own."""
    client = connect(mongo_url)
    kept = database(client, f"reporting_{uuid4().hex[:8]}")
    app = build_app(production_settings(ReportingSettings, mongo_url, kept.name))
    async with serving(app) as calling:
        yield Reporting(calling, kept)
    await client.drop_database(kept.name)
    await client.close()
