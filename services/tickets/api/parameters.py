"""The query and headers of a request, typed and bounded."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Path, Query, Request

from chassis.parameters import LONGEST_CURSOR, position_in
from chassis.principal import Staff
from chassis.problems import Problem
from contracts.text import clean_line
from contracts.tickets import Priority, Status
from services.tickets.domain.category import sought
from services.tickets.domain.listing import LARGEST_NUMBER, Judged, Position, Sort, Wanted, number_in
from services.tickets.domain.storage import CategoryStorage

_STATUS_COUNT = len(Status)

Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
_INNER = {"categories", "statuses", "text", "number", "companies"}
_OFFERED = (set(Wanted.model_fields) - _INNER) | {"status", "q", "cursor"}


async def wanted_of(
    request: Request,
    staff: Staff,
    status: Annotated[str, Query(max_length=100)] = "",
    company: UUID | None = None,
    assignee: UUID | Literal["none", "me"] | None = None,
    category: Annotated[str | None, Query(max_length=200)] = None,
    priority: Priority | None = None,
    sla: Judged | None = None,
    person: UUID | None = None,
    equipment: UUID | None = None,
    q: Annotated[str, Query(max_length=200)] = "",
    sort: Sort = "-number",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Wanted:
    """The list's filters, in the caller's own limits; a filter that is not offered is refused."""
    if unknown := set(request.query_params) - _OFFERED:
        raise Problem(422, errors=[(name, "there is no such filter") for name in sorted(unknown)])
    text = clean_line(q)
    return Wanted(
        statuses=_statuses(status),
        company=company,
        assignee=staff.id if assignee == "me" else assignee,
        **await _category(request, category),
        priority=priority,
        sla=sla,
        person=person,
        equipment=equipment,
        text=text,
        number=number_in(text),
        companies=staff.companies,
        sort=sort,
        limit=limit,
    )


async def _category(request: Request, said: str | None) -> dict[str, Any]:
    """A group means all that is in it, by id or name; what the tree does not know is looked for as text."""
    categories: CategoryStorage = request.app.state.categories
    return sought(await categories.recent(), said)


def _statuses(text: str) -> tuple[Status, ...]:
    try:
        return tuple(Status(part) for part in text.split(",", _STATUS_COUNT) if part)
    except ValueError as error:
        raise Problem(422, errors=[("status", "names of statuses, separated by commas")]) from error


async def position_of(cursor: Annotated[str, Query(max_length=LONGEST_CURSOR)] = "") -> Position | None:
    return position_in(cursor, Position)


WantedList = Annotated[Wanted, Depends(wanted_of)]
FromPosition = Annotated[Position | None, Depends(position_of)]
