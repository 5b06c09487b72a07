"""A specialist's timer starts, rests, goes on and stops."""

from __future__ import annotations

from datetime import datetime

from chassis.principal import Principal
from contracts.drafts_http import TimerBody
from services.tickets.domain.desk_work import DeskWorkStorage
from services.tickets.domain.draft import Draft
from services.tickets.domain.errors import ConflictError, TimerElsewhereError
from services.tickets.domain.storage import TicketStorage
from services.tickets.domain.timer import Timer, start
from services.tickets.use_cases.keep_drafts import check_ticket

_TRIES = 5


async def set_timer(
    tickets: TicketStorage, work: DeskWorkStorage, body: TimerBody, staff: Principal, at: datetime
) -> Timer:
    """The same again changes nothing. Raises TimerElsewhereError unless it may be stopped there."""
    await check_ticket(tickets, body.number, staff)
    for _ in range(_TRIES):
        known = await work.timer(staff.id)
        if known and known.number != body.number:
            if not body.instead:
                raise TimerElsewhereError
            await stop_timer(work, staff, at)
            known = None
        before = known or start(body.number, at)
        after = before.running(at) if body.running else before.resting(at)
        if after is known:
            return after
        if known is None:
            after = after.model_copy(update={"version": 1})
        try:
            await work.save_timer(staff.id, after)
        except ConflictError:
            continue
        return after
    raise ConflictError


async def stop_timer(
    work: DeskWorkStorage, staff: Principal, at: datetime
) -> tuple[Timer | None, int, Draft | None]:
    """Its minutes are in the ticket's draft then; (None, 0, None) where there is none."""
    for _ in range(_TRIES):
        timer = await work.timer(staff.id)
        if timer is None:
            return None, 0, None
        minutes = timer.minutes(at)
        draft = (await work.draft(staff.id, timer.number)).with_work(minutes, at)
        try:
            await work.stop_timer(staff.id, timer, draft)
        except ConflictError:
            continue
        return timer, minutes, draft
    raise ConflictError
