"""What a specialist types is kept as they type, on whatever machine they go on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.principal import Principal
from contracts.drafts_http import DraftBody
from services.tickets.domain.desk_work import DeskWorkStorage
from services.tickets.domain.draft import Draft
from services.tickets.domain.errors import ConflictError, TicketNotFoundError
from services.tickets.domain.storage import TicketStorage

_TRIES = 5


async def check_ticket(tickets: TicketStorage, number: int, staff: Principal) -> None:
    """Raises TicketNotFoundError, alike for «not there» and «not yours»."""
    if not staff.may_see_company(await tickets.company_of(number)):
        raise TicketNotFoundError


async def find_draft(tickets: TicketStorage, work: DeskWorkStorage, number: int, staff: Principal) -> Draft:
    await check_ticket(tickets, number, staff)
    return await work.draft(staff.id, number)


async def write_draft(
    tickets: TicketStorage,
    work: DeskWorkStorage,
    number: int,
    body: DraftBody,
    staff: Principal,
    at: datetime,
    version: int | None,
) -> Draft:
    """Raises ConflictError when another window wrote since `version`; without one the later counts."""
    await check_ticket(tickets, number, staff)
    for attempt in range(_TRIES):
        before = await work.draft(staff.id, number)
        if version is not None and before.version != version:
            raise ConflictError
        after = before.rewritten(body, at)
        try:
            await work.save_draft(staff.id, number, after)
        except ConflictError:
            if version is not None or attempt == _TRIES - 1:
                raise
        else:
            return after
    raise ConflictError


async def let_go(work: DeskWorkStorage, number: int, text: str, staff: UUID, at: datetime) -> None:
    """It was sent. Another window that writes just now keeps what it has."""
    before = await work.draft(staff, number)
    after = before.sent(text, at)
    if after is before:
        return
    try:
        await work.save_draft(staff, number, after)
    except ConflictError:
        return
