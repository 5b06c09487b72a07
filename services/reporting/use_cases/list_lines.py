"""The tickets behind a figure of a report."""

from __future__ import annotations

from chassis.parameters import cursor_of
from contracts.reports_http import ArticleRef, Handled, LinePage, Speed
from services.reporting.domain.lines import Position, Wanted
from services.reporting.domain.reports import articles, effectiveness
from services.reporting.domain.storage import ArchiveStorage, ShelfStorage, TicketStorage
from services.reporting.use_cases.make_reports import live_tickets
from services.reporting.use_cases.read_figures import figures

_ON_TICKETS = ("inserted", "linked")


async def list_lines(
    archive: ArchiveStorage, wanted: Wanted, position: Position | None, limit: int
) -> LinePage:
    tickets, wanted = await live_tickets(archive), await _with_uses(archive.shelf, wanted)
    items, more = await tickets.lines(wanted, position, limit)
    return LinePage(
        items=items,
        next=cursor_of(more),
        speed=await _speed_behind(tickets, wanted),
        handled=await _handled_behind(tickets, wanted),
        article=await _article_of(archive.shelf, wanted),
    )


async def _with_uses(shelf: ShelfStorage, wanted: Wanted) -> Wanted:
    """Which tickets articles were used for; as in the report, also those used after the period's end."""
    span = wanted.asked.span
    if wanted.figure == "used":
        kinds = (wanted.use,) if wanted.use else _ON_TICKETS
        wanted = wanted._replace(among=await shelf.used_for(wanted.article, span.first, span.last, kinds))
    elif wanted.article:
        wanted = wanted._replace(among=await shelf.used_for(wanted.article, span.first))
    if wanted.without_article:
        wanted = wanted._replace(beyond=await shelf.used_for(wanted.without_article, span.first))
    return wanted


async def _speed_behind(tickets: TicketStorage, wanted: Wanted) -> Speed | None:
    """What is said of all the tickets whose times these are."""
    if (curve := wanted.curve) is None:
        return None
    found = await figures(tickets, wanted.asked, [f"{curve.part}.{curve.key}"])
    return effectiveness.speed_of(found, *curve)


async def _handled_behind(tickets: TicketStorage, wanted: Wanted) -> Handled | None:
    if (category := wanted.handled_in) is None:
        return None
    known = await tickets.solved(wanted.asked, wanted.among or wanted.beyond or ())
    spread = await tickets.spread(wanted.asked, [category])
    return articles.handled(category, known.values(), spread, without=wanted.among is None)


async def _article_of(shelf: ShelfStorage, wanted: Wanted) -> ArticleRef | None:
    key = wanted.article or wanted.without_article
    return articles.ref_of(await shelf.find(key), key) if key else None
