"""Figures for what is asked: from cells where there are some, else from the tickets themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.reporting.domain.asked import Asked
from services.reporting.domain.contributions import (
    ALL,
    Cause,
    cause_of,
)
from services.reporting.domain.figures import (
    Figures,
    figures_of_tickets,
    figures_of_work,
    mend_counts,
    trend_of_tickets,
)
from services.reporting.domain.reports.backlog import Flow
from services.reporting.domain.reports.categories import Repeated, Worst, worst
from services.reporting.domain.span import Span, Steps
from services.reporting.domain.storage import TicketStorage

# What is read for a chart.
WORK: Final = (f"work.{ALL}",)
KEPT: Final = (f"flow.{ALL}",)
REACTIONS: Final = (f"speed.{ALL}.r",)


async def figures(tickets: TicketStorage, asked: Asked, parts: Sequence[str]) -> Figures:
    """Of tickets received in the period."""
    scopes = asked.scopes()
    if scopes is None:
        return figures_of_tickets(await tickets.facts(asked, "received"), asked.span)
    return await _summed(tickets, asked, scopes, parts)


async def work_figures(tickets: TicketStorage, asked: Asked) -> Figures:
    """Of work logged in the period, `staff` being who logged it."""
    scopes = asked.scopes()
    if scopes is None:
        return figures_of_work(await tickets.facts(asked, "worked"), asked.span, asked.staff)
    found = await _summed(tickets, asked, scopes, ["work"])
    mend_counts(found, await tickets.across(asked), asked.span, asked.staff)
    return found


async def _summed(tickets: TicketStorage, asked: Asked, scopes: list[str], parts: Sequence[str]) -> Figures:
    found = Figures()
    for scope in scopes:
        found.merge(await tickets.figures(asked, scope, parts))
    return found


async def trend(
    tickets: TicketStorage, asked: Asked, today: date, paths: Sequence[str]
) -> list[tuple[Span, Figures]]:
    """Of tickets received in each step of the period up to today; work by when it was logged."""
    if (span := asked.span.until(today)) is None:
        return []
    steps, scopes = span.steps(), asked.scopes()
    if scopes is None:
        return list(zip(steps.spans, await _trend_of_tickets(tickets, asked, steps, paths), strict=True))
    found = [Figures() for _ in steps.spans]
    for scope in scopes:
        for whole, more in zip(found, await tickets.trend(steps, scope, paths), strict=True):
            whole.merge(more)
    return list(zip(steps.spans, found, strict=True))


async def _trend_of_tickets(
    tickets: TicketStorage, asked: Asked, steps: Steps, paths: Sequence[str]
) -> list[Figures]:
    if paths == WORK:
        worked = await tickets.facts(asked, "worked")
        return [figures_of_work(worked, span, asked.staff) for span in steps.spans]
    return trend_of_tickets(await tickets.facts(asked, "received"), steps.spans)


async def flows(tickets: TicketStorage, asked: Asked, until: date) -> dict[str, Flow]:
    """Received and ended by day, from the period's first day on."""
    span = Span(asked.span.first, max(until, asked.span.last))
    scopes = asked.scopes()
    if scopes is None:
        return await _flows_of_tickets(tickets, asked.over(span))
    found: dict[str, Flow] = {}
    for scope in scopes:
        for day, flow in (await tickets.flows(scope, span.first, span.last)).items():
            so_far = found.get(day, Flow())
            found[day] = Flow(so_far.received + flow.received, so_far.ended + flow.ended)
    return found


async def _flows_of_tickets(tickets: TicketStorage, asked: Asked) -> dict[str, Flow]:
    received = await tickets.facts(asked, "received")
    ended = await tickets.facts(asked, "ended")
    found: dict[str, Flow] = {}
    for facts in received:
        if not facts.is_merged:
            so_far = found.get(facts.day, Flow())
            found[facts.day] = so_far._replace(received=so_far.received + 1)
    for facts in ended:
        if facts.ended and not facts.is_merged:
            so_far = found.get(facts.ended, Flow())
            found[facts.ended] = so_far._replace(ended=so_far.ended + 1)
    return found


async def repeated(tickets: TicketStorage, asked: Asked, threshold: int) -> Worst:
    """Causes are kept for all specialists together: of one they are counted anew."""
    if asked.staff is None:
        return await tickets.repeated(asked, threshold)
    span, before = asked.span, asked.span.before
    facts = await tickets.facts(asked.over(Span(before.first, span.last)), "received")
    sums: dict[Cause, list[int]] = {}
    for one in facts:
        if (cause := cause_of(one)) is None:
            continue
        counted = sums.setdefault(cause, [0, 0, 0])
        if before.holds(one.day):
            counted[2] += 1
        else:
            counted[0] += 1
            counted[1] += one.minutes
    return worst((Repeated(cause, *counted) for cause, counted in sums.items()), threshold)
