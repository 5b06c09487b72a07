"""Figures put together from cells are those a naive recount of all tickets gives, whatever is asked."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product

from services.reporting.domain.asked import Asked
from services.reporting.domain.facts import Facts, facts_of
from services.reporting.domain.figures import Figures, figures_of_tickets, figures_of_work
from services.reporting.domain.projection import Known
from services.reporting.domain.reports.backlog import Flow
from services.reporting.domain.span import Span
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
from tests.contract.reporting.conftest import ZONE, Reporting
from tests.unit.reporting.histories import COMPANIES, STAFF, Story, shuffled, story

_PARTS = ["category", "place", "sla", "reason", "staff", "speed", "heat"]
_FIRST = date(2026, 8, 1)
_LIMITS = list(
    product(
        [None, (str(COMPANIES[0].id),), (str(COMPANIES[0].id), str(COMPANIES[2].id)), ()],
        [None, str(STAFF[1].id)],
        [None, "Печать", "Печать / Картриджи", "Сеть $1.5 | %"],
    )
)


def _facts(one: Story) -> Facts:
    known = Known(id=one.end.ticket.id)
    known.hear_all(one.end)
    facts = facts_of(known, ZONE)
    assert facts is not None
    return facts


def _meets(facts: Facts, asked: Asked) -> bool:
    is_theirs = asked.companies is None or facts.company in asked.companies
    category = facts.category or ""
    wanted = asked.category
    return is_theirs and (wanted is None or category == wanted or category.startswith(f"{wanted} / "))


def _plain(found: Figures, parts: list[str]) -> dict[str, object]:
    """Without noughts."""
    said = {
        (part, key, measure): found.number(part, key, measure)
        for part in parts
        for key in found.keys(part)
        for measure in ["n", "m", "a", "t", "at", "rj", "rk", "aj", "ak", "sj", "sk", "rated", "score"]
        if not (part in ("speed", "staff") and measure == "a")
    }
    curves = {
        (part, key, clock): found.histogram(part, key, clock)
        for part in ("speed", "staff", "heat")
        for key in found.keys(part)
        for clock in "ras"
    }
    return {str(key): value for key, value in {**said, **curves}.items() if value}


async def test_figures_of_any_period_and_filter_are_those_of_a_recount(reporting: Reporting) -> None:
    rnd = random.Random(20261123)
    stories = [story(number, rnd) for number in range(1, 121)]
    await reporting.hear(shuffled(stories, rnd))
    await reporting.fold()
    tickets, everything = await reporting.live(), [_facts(one) for one in stories]
    for companies, staff, category in _LIMITS:
        first = _FIRST + timedelta(rnd.randrange(80))
        span = Span(first, first + timedelta(rnd.choice([0, 6, 40, 130])))
        asked = Asked(span, companies, staff, category)
        met = [facts for facts in everything if _meets(facts, asked)]
        assigned = [facts for facts in met if staff in (None, facts.staff)]

        counted = figures_of_tickets(assigned, span)
        assert _plain(await figures(tickets, asked, _PARTS), _PARTS) == _plain(counted, _PARTS)
        worked = figures_of_work(met, span, staff)
        assert _plain(await work_figures(tickets, asked), ["work"]) == _plain(worked, ["work"])
        await _flows_agree(reporting, asked, assigned)
        await _trends_agree(reporting, asked)
        await _causes_agree(reporting, asked, assigned)


async def _flows_agree(reporting: Reporting, asked: Asked, assigned: list[Facts]) -> None:
    until = asked.span.last + timedelta(20)
    span = Span(asked.span.first, until)
    found = await flows(await reporting.live(), asked, until)
    for day in span.each():
        received = sum(facts.day == day for facts in assigned)
        ended = sum(facts.ended == day for facts in assigned)
        assert found.get(day, Flow()) == Flow(received, ended)


async def _trends_agree(reporting: Reporting, asked: Asked) -> None:
    """What stands in a chart is what the same report says of each of its steps."""
    tickets, today = await reporting.live(), asked.span.last
    for paths, parts in ((KEPT, ["flow"]), (REACTIONS, ["speed"])):
        for span, found in await trend(tickets, asked, today, paths):
            whole = await figures(tickets, asked.over(span), list(paths))
            assert _plain(found, parts) == _plain(whole, parts)
    for span, found in await trend(tickets, asked, today, WORK):
        whole = await work_figures(tickets, asked.over(span))
        for measure in ("m", "a"):
            assert found.number("work", "*", measure) == whole.number("work", "*", measure)


async def _causes_agree(reporting: Reporting, asked: Asked, assigned: list[Facts]) -> None:
    found = await repeated(await reporting.live(), asked, 2)
    counted = {
        cause: (
            [f for f in assigned if _cause(f) == cause and asked.span.holds(f.day)],
            [f for f in assigned if _cause(f) == cause and asked.span.before.holds(f.day)],
        )
        for cause in {_cause(facts) for facts in assigned if facts.category}
    }
    said = {one.cause: (one.tickets, one.minutes, one.previous) for one in found.most}
    assert found.found == len(said)
    assert said == {
        cause: (len(now), sum(f.minutes for f in now), len(before))
        for cause, (now, before) in counted.items()
        if len(now) >= 2
    }


def _cause(facts: Facts) -> tuple[str, str, str]:
    return facts.company, facts.category or "", facts.equipment or ""
