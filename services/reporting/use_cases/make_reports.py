"""The five reports."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from chassis.parameters import cursor_of
from contracts.reports_http import (
    BacklogReport,
    CategoriesReport,
    ContractUse,
    Customer,
    EffectivenessReport,
    SlaReport,
    WorkReport,
)
from services.reporting.domain.asked import Asked
from services.reporting.domain.contributions import ALL
from services.reporting.domain.lines import Position, Wanted
from services.reporting.domain.reports import backlog, categories, effectiveness, sla, work
from services.reporting.domain.reports.names import Names
from services.reporting.domain.span import Span
from services.reporting.domain.storage import ArchiveStorage, TicketStorage
from services.reporting.use_cases.ask import Asking, asked_by, filters_of, period_of
from services.reporting.use_cases.read_figures import (
    KEPT,
    REACTIONS,
    WORK,
    figures,
    flows,
    repeated,
    trend,
    work_figures,
)


async def report_work(
    archive: ArchiveStorage, asking: Asking, position: Position | None, limit: int
) -> WorkReport:
    asked, tickets = asked_by(asking), await live_tickets(archive)
    found = await work_figures(tickets, asked)
    before = await work_figures(tickets, asked.over(asked.span.before))
    steps = await trend(tickets, asked, asking.today, WORK)
    lines, more = await tickets.lines(Wanted(asked, "worked"), position, limit)
    names = Names(await archive.names(found.keys("work")))
    contracts = await _contracts(archive, tickets, asking, asked)
    return WorkReport(
        **await head(archive, tickets, asking, asked),
        previous=period_of(asked.span.before, asking.zone),
        totals=work.totals_of(found),
        previous_totals=work.totals_of(before),
        steps=work.steps_of(steps),
        customer=await _customer(archive, asking, asked),
        performers=work.performers_of(found, names),
        contracts=contracts,
        amount=work.amount_of(contracts) if _settles(asking, asked) else None,
        lines=lines,
        next=cursor_of(more),
    )


async def _customer(archive: ArchiveStorage, asking: Asking, asked: Asked) -> Customer | None:
    company = _one_company(asking, asked)
    return await archive.customer(UUID(company)) if company else None


def _one_company(asking: Asking, asked: Asked) -> str | None:
    is_of_one = asking.query.company or not asking.caller.is_staff
    return asked.companies[0] if is_of_one and asked.companies else None


def _settles(asking: Asking, asked: Asked) -> bool:
    """Contracts are looked at by whole months, by everybody's work."""
    query = asking.query
    return asked.span.is_of_whole_months and query.staff is None and query.category is None


async def _contracts(
    archive: ArchiveStorage, tickets: TicketStorage, asking: Asking, asked: Asked
) -> list[ContractUse]:
    """Of one company; by everybody and in all categories, for that is what a contract is about."""
    if (company := _one_company(asking, asked)) is None:
        return []
    months = work.contract_months(await archive.contracts_of(UUID(company)), asked.span)
    wholes = [Asked(held.span, companies=asked.companies) for held in months]
    used = await asyncio.gather(*(work_figures(tickets, whole) for whole in wholes))
    return [work.use_of(held, found) for held, found in zip(months, used, strict=True)]


async def report_categories(archive: ArchiveStorage, asking: Asking, threshold: int) -> CategoriesReport:
    asked, tickets = asked_by(asking), await live_tickets(archive)
    before = asked.over(asked.span.before)
    found = await figures(tickets, asked, ["category", "place"])
    rows = categories.rows_of(found, await figures(tickets, before, ["category"]))
    worst, candidates_found = await repeated(tickets, asked, threshold)
    examples = await tickets.examples(asked, [one.cause for one in worst])
    companies = {key.partition("|")[0] for key in found.keys("place")}
    names = Names(await archive.names(companies | {one.cause.company for one in worst}))
    return CategoriesReport(
        **await head(archive, tickets, asking, asked),
        previous=period_of(before.span, asking.zone),
        tickets=sum(row.tickets for row in rows),
        previous_tickets=sum(row.previous_tickets for row in rows),
        minutes=sum(row.minutes for row in rows),
        additional_minutes=sum(row.additional_minutes for row in rows),
        threshold=threshold,
        rows=rows,
        cells=categories.cells_of(found, names),
        candidates_found=candidates_found,
        candidates=[
            categories.candidate(one, example, names, asked.span.days, threshold)
            for one, example in zip(worst, examples, strict=True)
        ],
    )


async def report_effectiveness(archive: ArchiveStorage, asking: Asking) -> EffectivenessReport:
    asked, tickets = asked_by(asking), await live_tickets(archive)
    found = await figures(tickets, asked, ["speed", "staff", "heat"])
    before = await figures(tickets, asked.over(asked.span.before), ["speed"])
    steps = await trend(tickets, asked, asking.today, REACTIONS)
    names = Names(await archive.names(found.keys("staff")))
    return EffectivenessReport(
        **await head(archive, tickets, asking, asked),
        previous=period_of(asked.span.before, asking.zone),
        tickets=effectiveness.tickets_of(found),
        previous_tickets=effectiveness.tickets_of(before),
        from_registration=effectiveness.speed_of(found, "speed", ALL, "r"),
        previous_from_registration=effectiveness.speed_of(before, "speed", ALL, "r"),
        from_assignment=effectiveness.speed_of(found, "speed", ALL, "a"),
        resolution=effectiveness.speed_of(found, "speed", ALL, "s"),
        previous_resolution=effectiveness.speed_of(before, "speed", ALL, "s"),
        steps=effectiveness.steps_of(steps),
        rating=effectiveness.rating_of(found, "speed", ALL),
        ratings=found.number("speed", ALL, "rated"),
        staff=effectiveness.staff_speeds(found, names),
        heat=effectiveness.heat_of(found),
    )


async def report_sla(archive: ArchiveStorage, asking: Asking) -> SlaReport:
    asked, tickets = asked_by(asking), await live_tickets(archive)
    found = await figures(tickets, asked, ["sla", "reason"])
    before = await figures(tickets, asked.over(asked.span.before), ["sla"])
    steps = await trend(tickets, asked, asking.today, KEPT)
    names = Names(await archive.names({key.partition("|")[0] for key in found.keys("sla")}))
    return SlaReport(
        **await head(archive, tickets, asking, asked),
        previous=period_of(asked.span.before, asking.zone),
        tickets=sla.tickets_of(found),
        previous_tickets=sla.tickets_of(before),
        reaction=sla.whole(found, "r"),
        previous_reaction=sla.whole(before, "r"),
        resolution=sla.whole(found, "s"),
        previous_resolution=sla.whole(before, "s"),
        steps=sla.steps_of(steps),
        rows=sla.rows_of(found, names),
        reasons=sla.reasons_of(found),
    )


async def report_backlog(archive: ArchiveStorage, asking: Asking) -> BacklogReport:
    asked, tickets = asked_by(asking), await live_tickets(archive)
    groups = await tickets.open_groups(asked, asking.at)
    flow = await flows(tickets, asked, asking.today)
    earlier = await flows(tickets, asked.over(asked.span.before), asked.span.before.last)
    names = Names(await archive.names({group.staff for group in groups}))
    total = sum(group.tickets for group in groups)
    days = backlog.flow_of(flow, asked.span, asking.today, total)
    return BacklogReport(
        **await head(archive, tickets, asking, asked),
        previous=period_of(asked.span.before, asking.zone),
        open=total,
        unassigned=sum(group.tickets for group in groups if not group.staff),
        received=sum(day.received for day in days),
        previous_received=sum(one.received for one in earlier.values()),
        ended=sum(day.ended for day in days),
        previous_ended=sum(one.ended for one in earlier.values()),
        ages=backlog.ages_of(groups),
        statuses=backlog.statuses_of(groups),
        assignees=backlog.assignees_of(groups, names),
        flow=days,
    )


async def live_tickets(archive: ArchiveStorage) -> TicketStorage:
    """Of the generation that is shown."""
    return archive.tickets((await archive.generations()).live)


async def head(
    archive: ArchiveStorage, tickets: TicketStorage, asking: Asking, asked: Asked
) -> dict[str, Any]:
    span: Span = asked.span
    return {
        "period": period_of(span, asking.zone),
        "filters": await filters_of(archive, asked, asking.query),
        "incomplete": (await archive.generations()).outdated,
        "as_of": await tickets.changed_since() or asking.at,
    }
