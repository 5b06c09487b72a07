"""A report as a document; its lines are read page by page while it is written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

from contracts.reports_http import Customer, StaffReportName, TicketLine
from services.reporting.domain.lines import Wanted
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.files.articles import articles_document
from services.reporting.files.document import Document
from services.reporting.files.figures import DOCUMENTS
from services.reporting.files.works import work_document
from services.reporting.use_cases.ask import Asking, asked_by
from services.reporting.use_cases.make_reports import (
    live_tickets,
    report_backlog,
    report_categories,
    report_effectiveness,
    report_sla,
    report_work,
)
from services.reporting.use_cases.report_articles import report_articles

_PAGE = 200


class House(NamedTuple):
    """How this installation reports: from how many tickets on it is to be modernised, and who signs acts."""

    threshold: int
    contractor: Customer


async def document_of(
    archive: ArchiveStorage, asking: Asking, name: StaffReportName, lang: str, house: House
) -> Document:
    """The same numbers as the report's; raises NotForYouError."""
    if name == "work":
        report = await report_work(archive, asking, None, 1)
        return work_document(report, _all_lines(archive, asking), lang, house.contractor)
    if name == "categories":
        return DOCUMENTS[name](await report_categories(archive, asking, house.threshold), lang)
    if name == "effectiveness":
        return DOCUMENTS[name](await report_effectiveness(archive, asking), lang)
    if name == "sla":
        return DOCUMENTS[name](await report_sla(archive, asking), lang)
    if name == "articles":
        return articles_document(await report_articles(archive, asking), lang)
    return DOCUMENTS[name](await report_backlog(archive, asking), lang)


async def _all_lines(archive: ArchiveStorage, asking: Asking) -> AsyncIterator[TicketLine]:
    tickets = await live_tickets(archive)
    wanted, position = Wanted(asked_by(asking), "worked"), None
    while True:
        lines, position = await tickets.lines(wanted, position, _PAGE)
        for line in lines:
            yield line
        if position is None:
            return
