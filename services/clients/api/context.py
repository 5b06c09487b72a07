"""The route of what is known around a ticket."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from contracts.context_http import ClientContext
from contracts.contracts_http import HoldingContract
from contracts.people import CompanyRef
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer
from services.clients.api.companies import company_view
from services.clients.api.contracts import contract_view
from services.clients.api.credentials import credential_views
from services.clients.api.equipment import equipment_views
from services.clients.api.licences import licence_row
from services.clients.api.people import person_view
from services.clients.api.today import Today
from services.clients.domain.credential import Credential
from services.clients.domain.equipment import Equipment
from services.clients.use_cases.see_context import Context, see_context

router = APIRouter()


class ContextQuery(BaseModel):
    """Whose ticket it is, and about what."""

    model_config = ConfigDict(extra="forbid")

    person: UUID | None = None
    equipment: UUID | None = None


@router.get("/companies/{company_id}/context")
async def get_context(
    company_id: UUID,
    query: Annotated[ContextQuery, Query()],
    staff: Specialist,
    registry: TheRegistry,
    today: Today,
) -> Response:
    registry = registry.at_once()
    seen = await see_context(registry, company_id, query.person, query.equipment, staff, today)
    # Without its name it is still the same company.
    reference = seen.company.reference if seen.company else CompanyRef(id=company_id, name="")
    pieces, secrets = seen.equipment, seen.credentials
    equipment, credentials = await asyncio.gather(
        registry.recently(
            ("equipment views", reference, today, _which(pieces)),
            partial(equipment_views, registry, pieces or [], today, reference),
        ),
        registry.recently(
            ("credential views", reference, _which(secrets)),
            partial(credential_views, registry, secrets or [], reference),
        ),
    )
    view = _view(seen, reference, today)
    shown = {
        "equipment": None if pieces is None else equipment,
        "credentials": None if secrets is None else credentials,
    }
    return answer(view.model_copy(update=shown))


def _which(things: Sequence[Equipment] | Sequence[Credential] | None) -> tuple[tuple[UUID, int], ...]:
    """These very things as they are now."""
    return tuple((one.id, one.version) for one in things or ())


def _view(seen: Context, company: CompanyRef, today: date) -> ClientContext:
    contract = contract_view(seen.contract, company, today) if seen.contract else None
    return ClientContext(
        company=company_view(seen.company) if seen.company else None,
        person=person_view(seen.person, company) if seen.person else None,
        contract=HoldingContract(day=today, contract=contract) if seen.has_contract else None,
        equipment=None,
        credentials=None,
        licences=None
        if seen.licences is None
        else [licence_row(one, company, today) for one in seen.licences],
    )
