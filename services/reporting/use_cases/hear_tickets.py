"""Something happened to a ticket: every generation takes it over, however late or often it comes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from contracts.history import HistoryTold
from contracts.people import StaffRef
from contracts.tickets import EntryRef, TicketState
from services.reporting.domain.projection import Known, Work
from services.reporting.domain.storage import ArchiveStorage, TicketStorage


async def hear_ticket(
    archive: ArchiveStorage, state: TicketState, entry: EntryRef | None, merged_into: UUID | None = None
) -> None:
    """`merged_into` is said by the event of a merge only."""

    def hear(known: Known) -> bool:
        is_news = known.hear(state, entry)
        if merged_into and not known.merged_into:
            known.merged_into, is_news = merged_into, True
        return is_news

    await _everywhere(archive, state.id, hear)
    await archive.learn_names(_named(state, entry))


async def hear_history(archive: ArchiveStorage, told: HistoryTold) -> None:
    """The past is for the generation that is being built; the live one only where nothing is."""
    generations = await archive.generations()
    tickets = archive.tickets(generations.building or generations.live)
    await _hear(tickets, told.ticket.id, lambda known: known.hear_all(told))
    authors = {str(one.author.id): one.author.full_name for one in told.work if one.author.kind == "staff"}
    await archive.learn_names({**_named(told.ticket, None), **authors})


async def _everywhere(archive: ArchiveStorage, key: UUID, deed: Callable[[Known], bool]) -> None:
    for generation in (await archive.generations()).each():
        await _hear(archive.tickets(generation), key, deed)


async def _hear(tickets: TicketStorage, key: UUID, deed: Callable[[Known], bool]) -> None:
    """Work on a merged ticket goes over to its target, first there and then away from here."""
    known = await tickets.change(key, deed)
    if known.merged_into and known.work:
        given = dict(known.work)
        await _hear(tickets, known.merged_into, lambda target: target.receive(given))
        await tickets.change(key, lambda source: _give_away(source, given))


def _give_away(source: Known, given: dict[UUID, Work]) -> bool:
    """What has come since stays for whoever heard it, who gives it away as well."""
    source.work = {key: one for key, one in source.work.items() if given.get(key) != one}
    return True


def _named(state: TicketState, entry: EntryRef | None) -> dict[str, str]:
    names = {str(state.company.id): state.company.name}
    staff: list[StaffRef] = [state.assignee] if state.assignee else []
    names.update({str(one.id): one.full_name for one in staff})
    if entry and entry.author.kind == "staff" and entry.author.id:
        names[str(entry.author.id)] = entry.author.full_name
    return names
