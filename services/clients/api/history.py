"""The routes of histories: one for each kind of thing, for whoever may see the thing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from chassis.parameters import cursor_of, position_in
from chassis.principal import Principal
from contracts.history_http import HistoryPage
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer
from services.clients.api.parameters import PageQuery
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.keep_companies import find_company
from services.clients.use_cases.keep_contracts import find_contract
from services.clients.use_cases.keep_credentials import find_credential
from services.clients.use_cases.keep_devices import find_device
from services.clients.use_cases.keep_equipment import find_equipment
from services.clients.use_cases.keep_licences import find_licence
from services.clients.use_cases.keep_people import find_person
from services.clients.use_cases.see_history import names_in

router = APIRouter()


class HistoryPosition(BaseModel):
    version: int = Field(ge=1, le=2**31)


class HistoryQuery(PageQuery):
    def before(self) -> int | None:
        position = position_in(self.cursor, HistoryPosition)
        return position.version if position else None


class _Thing(NamedTuple):
    """`find` raises NotInRegistryError for what is not there, or not the caller's."""

    what: str
    find: Callable[[RegistryStorage, UUID, Principal], Awaitable[object]]


THINGS = (
    _Thing("companies", find_company),
    _Thing("people", find_person),
    _Thing("devices", find_device),
    _Thing("equipment", find_equipment),
    _Thing("licences", find_licence),
    _Thing("contracts", find_contract),
    _Thing("credentials", find_credential),
)


def _offer(thing: _Thing) -> None:
    @router.get(f"/{thing.what}/{{key}}/history", name=f"history of {thing.what}")
    async def get_history(
        key: UUID, query: Annotated[HistoryQuery, Query()], staff: Specialist, registry: TheRegistry
    ) -> Response:
        await thing.find(registry, key, staff)
        storage = getattr(registry, thing.what)
        found = await storage.history(key, query.before(), query.limit + 1)
        shown = found[: query.limit]
        more = HistoryPosition(version=shown[-1].version) if len(found) > query.limit else None
        names = await names_in(registry, shown)
        return answer(HistoryPage(items=shown, names=names, next=cursor_of(more)))


for _thing in THINGS:
    _offer(_thing)
