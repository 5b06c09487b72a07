"""The report of the FAQ: for staff, since articles are the outsourcer's own."""

from __future__ import annotations

from contracts.reports_http import ArticlesReport
from services.reporting.domain.asked import Asked
from services.reporting.domain.reports import articles
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.use_cases.ask import Asking, NotForYouError, asked_by
from services.reporting.use_cases.make_reports import head, live_tickets
from services.reporting.use_cases.read_figures import figures


async def report_articles(archive: ArchiveStorage, asking: Asking) -> ArticlesReport:
    """Raises NotForYouError."""
    if not asking.caller.is_staff:
        raise NotForYouError
    asked, tickets = asked_by(asking), await live_tickets(archive)
    shelf = await archive.shelf.all()
    used = list(await archive.shelf.uses_since(asked.span.first, asked.span.last))
    numbers = {one.ticket for one in used if one.ticket is not None}
    seen = await tickets.seen(asked, numbers) if _is_limited(asked) else None
    solved = await tickets.solved(asked, numbers)
    spread = await tickets.spread(asked, {one.category for one in solved.values()})
    rows = articles.rows_of(used, {one.id: one for one in shelf}, solved, spread, seen)
    uses, helped = articles.totals(rows)
    return ArticlesReport(
        **await head(archive, tickets, asking, asked),
        fewest=articles.FEWEST,
        uses=uses,
        helped=helped if seen is None else None,
        rows=rows,
        uncovered=articles.uncovered(await figures(tickets, asked, ["category"]), shelf),
        misses=await archive.shelf.misses(asked.span.first, asked.span.last, articles.MOST_MISSES),
    )


def _is_limited(asked: Asked) -> bool:
    return asked.companies is not None or asked.staff is not None or asked.category is not None
