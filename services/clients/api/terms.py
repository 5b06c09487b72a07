"""The route of what comes to its end, for all clients."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.parameters import cursor_of
from contracts.terms_http import Term, TermPage
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer
from services.clients.api.parameters import TermQuery
from services.clients.api.today import Today

router = APIRouter(prefix="/terms")


@router.get("")
async def list_terms(
    query: Annotated[TermQuery, Query()], staff: Specialist, registry: TheRegistry, today: Today
) -> Response:
    found, more = await registry.terms.page(query.terms(staff, today), query.place())
    companies = await registry.companies.references(ending.company_id for ending in found)
    items = [
        Term(
            kind=ending.kind,
            id=ending.id,
            company=companies[ending.company_id],
            name=ending.name,
            ends_on=ending.ends_on,
            days_left=(ending.ends_on - today).days,
        )
        for ending in found
    ]
    return answer(TermPage(items=items, next=cursor_of(more)))
