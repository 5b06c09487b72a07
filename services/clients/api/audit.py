"""The routes of the audit: who saw which secret."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from chassis.parameters import LONGEST_CURSOR, cursor_of, position_in
from chassis.principal import Principal
from contracts.credentials import RevealKind
from contracts.credentials_http import AuditEntry, AuditPage, SeenSecret, SeenSecrets
from contracts.day import Moment
from contracts.people import CompanyRef
from services.clients.api.access import Auditor, TheRegistry
from services.clients.api.answers import answer
from services.clients.domain.audit import Look, LookPosition, LooksWanted
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.reveal import still_known

router = APIRouter(prefix="/audit")
_MOST_SEEN = 1000


class AuditQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    staff: UUID | None = None
    company: UUID | None = None
    thing: UUID | None = None
    ticket: Annotated[int | None, Field(ge=1, le=2**53)] = None
    kind: RevealKind | None = None
    from_: Annotated[Moment | None, Field(alias="from")] = None
    to: Moment | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""

    def wanted(self, staff: Principal) -> LooksWanted:
        return LooksWanted(
            by=self.staff,
            company=self.company,
            thing=self.thing,
            ticket=self.ticket,
            kind=self.kind,
            first=self.from_,
            last=self.to,
            companies=staff.companies,
            limit=self.limit,
        )


class SeenQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    staff: UUID


@router.get("")
async def list_looks(
    query: Annotated[AuditQuery, Query()], staff: Auditor, registry: TheRegistry
) -> Response:
    found, more = await registry.looks.page(query.wanted(staff), position_in(query.cursor, LookPosition))
    return answer(AuditPage(items=await _entries(registry, found), next=cursor_of(more)))


@router.get("/seen")
async def list_seen(query: Annotated[SeenQuery, Query()], staff: Auditor, registry: TheRegistry) -> Response:
    """What somebody has seen, to be changed when they leave."""
    wanted = LooksWanted(by=query.staff, companies=staff.companies, limit=_MOST_SEEN + 1)
    found = await registry.looks.last_of(wanted)
    shown = found[:_MOST_SEEN]
    known = await still_known(registry, [one.look for one in shown])
    entries = await _entries(registry, [one.look for one in shown])
    items = [
        SeenSecret(
            last=entry,
            times=one.times,
            changed_since=known[entry.thing_id][0],
            archived=known[entry.thing_id][1],
        )
        for one, entry in zip(shown, entries, strict=True)
    ]
    return answer(SeenSecrets(items=items, more=len(found) > len(shown)))


async def _entries(registry: RegistryStorage, looks: Iterable[Look]) -> list[AuditEntry]:
    looks = list(looks)
    companies = await registry.companies.references(look.company_id for look in looks)
    return [
        AuditEntry(
            company=companies.get(look.company_id, CompanyRef(id=look.company_id, name="")),
            **look.model_dump(exclude={"company_id", "version"}),
        )
        for look in looks
    ]
