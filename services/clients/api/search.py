"""The route that searches all of the clients."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from contracts.search_http import FoundCompany, FoundCredential, FoundEquipment, FoundPerson, SearchAnswer
from services.clients.api.access import Specialist, TheRegistry
from services.clients.api.answers import answer
from services.clients.api.parameters import SearchText
from services.clients.domain.search import wanted_words
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.search_registry import Findings, search_registry

router = APIRouter(prefix="/search")


class SearchQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    q: SearchText = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 8


@router.get("")
async def get_search(
    query: Annotated[SearchQuery, Query()], staff: Specialist, registry: TheRegistry
) -> Response:
    found = await search_registry(registry, query.q, query.limit, staff)
    return answer(await _view(registry, found, query.q))


async def _view(registry: RegistryStorage, found: Findings, typed: str) -> SearchAnswer:
    whose = [
        *(one.company_id for one in found.people),
        *(one.company_id for one in found.equipment),
        *(one.company_id for one in found.credentials),
    ]
    companies = await registry.companies.references(whose) if whose else {}
    return SearchAnswer(
        understood=_understood(found, typed),
        companies=[FoundCompany.model_validate(one, from_attributes=True) for one in found.companies],
        people=[
            FoundPerson(company=companies[one.company_id], **_shown(one, FoundPerson)) for one in found.people
        ],
        equipment=[
            FoundEquipment(company=companies[one.company_id], **_shown(one, FoundEquipment))
            for one in found.equipment
        ],
        credentials=[
            FoundCredential(company=companies[one.company_id], **_shown(one, FoundCredential))
            for one in found.credentials
        ],
    )


def _shown(one: BaseModel, as_what: type[BaseModel]) -> dict[str, object]:
    return {name: getattr(one, name) for name in as_what.model_fields if name != "company"}


def _understood(found: Findings, typed: str) -> str | None:
    """Of several words that may have been meant the first one serves as an example."""
    if not found or list(found.reading) == wanted_words(typed):
        return None
    return " ".join(one if isinstance(one, str) else one[0] for one in found.reading)
