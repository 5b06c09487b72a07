"""The report of work as a document: the act that a client signs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from contracts.people import StaffRef
from contracts.reports_http import ContractUse, Customer, PerformerWork, TicketLine, WorkReport
from services.reporting.files.document import Cell, Column, Document, Row, Table, of_rows
from services.reporting.files.facts import facts_of
from services.reporting.files.words import said
from services.reporting.files.written import clock, month_said, roubles


def work_document(
    report: WorkReport, lines: AsyncIterator[TicketLine], lang: str, contractor: Customer
) -> Document:
    """`lines` are all of the report's, not its first page alone; an act where it is of one company."""
    tables = [_tickets(report, lines, lang), _performers(report.performers, lang)]
    if report.contracts:
        tables.append(_contracts(report.contracts, report.amount, lang))
    customer = report.customer
    return Document(
        title=said(lang, "act" if customer else "work"),
        facts=[
            *(_parties(report, customer, contractor, lang) if customer else ()),
            *facts_of(report, lang, is_act=bool(customer)),
        ],
        tables=tables,
        signatures=(
            [(said(lang, "contractor"), contractor.name), (said(lang, "customer"), customer.name)]
            if customer
            else ()
        ),
        closing=_closing(report, lang) if customer else "",
        lang=lang,
        page_word=said(lang, "page"),
    )


def _parties(
    report: WorkReport, customer: Customer, contractor: Customer, lang: str
) -> list[tuple[str, str]]:
    """Between whom, and by which contracts: those that hold in the period."""
    contracts = {one.contract_id: one for one in report.contracts}.values()
    numbers = ", ".join(
        said(lang, "contract since").format(number=one.number, since=f"{one.valid_from:%d.%m.%Y}")
        for one in contracts
    )
    facts = [
        (said(lang, "contractor"), _party(contractor, lang)),
        (said(lang, "customer"), _party(customer, lang)),
        (said(lang, "contract"), numbers),
    ]
    return [(what, value) for what, value in facts if value]


def _party(party: Customer, lang: str) -> str:
    return f"{party.name}, {said(lang, 'tax id')} {party.tax_id}" if party.tax_id else party.name


def _closing(report: WorkReport, lang: str) -> str:
    done = said(lang, "closing").format(
        first=f"{report.period.from_:%d.%m.%Y}",
        last=f"{report.period.to:%d.%m.%Y}",
        minutes=clock(report.totals.minutes),
        additional=clock(report.totals.additional_minutes),
    )
    if report.amount is None:
        return done
    return done + said(lang, "closing amount").format(amount=roubles(report.amount))


def _tickets(report: WorkReport, lines: AsyncIterator[TicketLine], lang: str) -> Table:
    columns = [
        Column(said(lang, "number"), "number", 0.6),
        Column(said(lang, "received"), "moment", 1.6),
        Column(said(lang, "resolved"), "moment", 1.6),
        Column(said(lang, "title"), weight=3.2),
        Column(said(lang, "person"), "names", 1.5),
        Column(said(lang, "category"), weight=1.9),
        Column(said(lang, "performers"), "names", 1.5),
        Column(said(lang, "reaction"), "minutes", 1.1),
        Column(said(lang, "resolution"), "minutes", 1.1),
        Column(said(lang, "minutes"), "minutes", 1.1),
        Column(said(lang, "of it additional"), "minutes", 1.2),
    ]
    if report.filters.company is None:
        columns.insert(4, Column(said(lang, "company"), weight=1.8))
    rows = _rows(lines, report, lang)
    return Table(said(lang, "work"), columns, rows, _totals(report, lang), report.totals.tickets)


async def _rows(lines: AsyncIterator[TicketLine], report: WorkReport, lang: str) -> AsyncIterator[Row]:
    async for line in lines:
        cells: list[Cell] = [
            line.number,
            line.received_at,
            line.resolved_at,
            line.title,
            line.person.full_name,
            line.category or said(lang, "none"),
            _names(line.performers),
            line.reaction_minutes,
            line.resolution_minutes,
            line.minutes,
            line.additional_minutes or None,
        ]
        if report.filters.company is None:
            cells.insert(4, line.company.name)
        yield Row(tuple(cells), "additional" if line.additional_minutes else "plain")


def _totals(report: WorkReport, lang: str) -> list[Row]:
    """The sum, and of it what is additional, apart."""
    totals = report.totals
    width = 11 if report.filters.company else 12

    def row(word: str, minutes: int, additional: int | None, tickets: int | None = None) -> tuple[Cell, ...]:
        blank: list[Cell] = [None] * width
        blank[3] = word if tickets is None else f"{word} ({tickets})"
        blank[-2], blank[-1] = minutes, additional
        return tuple(blank)

    minutes, additional = totals.minutes, totals.additional_minutes
    return [
        Row(row(said(lang, "total"), minutes, additional, totals.tickets), "total"),
        Row(row(said(lang, "within the contract"), totals.contract_minutes, None), "total"),
        Row(
            row(said(lang, "additional work"), additional, additional, totals.additional_tickets),
            "additional_total",
        ),
    ]


def _performers(performers: Sequence[PerformerWork], lang: str) -> Table:
    columns = (
        Column(said(lang, "performer"), weight=3),
        Column(said(lang, "tickets"), "number"),
        Column(said(lang, "minutes"), "minutes"),
        Column(said(lang, "of it additional"), "minutes"),
    )
    rows = [
        Row((name_of(one.staff, lang), one.tickets, one.minutes, one.additional_minutes))
        for one in performers
    ]
    return Table(said(lang, "by performer"), columns, of_rows(rows))


def _contracts(contracts: Sequence[ContractUse], amount: int | None, lang: str) -> Table:
    columns = (
        Column(said(lang, "contract"), weight=2),
        Column(said(lang, "month")),
        *(Column(said(lang, word), "minutes") for word in ("included", "used", "left", "over")),
        Column(said(lang, "rate"), "money", 1.3),
        Column(said(lang, "additional work"), "minutes", 1.7),
        Column(said(lang, "additional rate"), "money", 1.5),
        Column(said(lang, "to pay"), "money", 1.6),
    )
    rows = [
        Row(
            (
                one.number,
                month_said(one.month),
                one.included_minutes,
                one.used_minutes,
                one.left_minutes,
                one.over_minutes,
                one.rate,
                one.additional_minutes,
                one.additional_rate,
                one.amount,
            ),
            "additional" if one.amount or one.amount is None else "plain",
        )
        for one in contracts
    ]
    total = Row((said(lang, "total"), *[None] * (len(columns) - 2), amount), "total")
    return Table(said(lang, "contracts"), columns, of_rows(rows), [total] if amount is not None else ())


def name_of(staff: StaffRef | None, lang: str) -> str:
    return staff.full_name if staff else said(lang, "nobody")


def _names(staff: Sequence[StaffRef]) -> str:
    return ", ".join(one.full_name for one in staff)
