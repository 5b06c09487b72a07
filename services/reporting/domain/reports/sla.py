"""SLA: kept and broken, for whom, how urgent, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from contracts.reports_http import Kept, ReasonRow, SlaRow, SlaStep
from contracts.tickets import Priority, SlaTarget
from services.reporting.domain.contributions import ALL, from_key
from services.reporting.domain.figures import Figures
from services.reporting.domain.quantiles import share
from services.reporting.domain.reports.names import Names
from services.reporting.domain.span import Span

_PRIORITIES = [Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW]


def rows_of(figures: Figures, names: Names) -> list[SlaRow]:
    """By company, the most urgent first."""
    rows = []
    for key in figures.keys("sla"):
        company, _, priority = key.partition("|")
        if tickets := figures.number("sla", key, "n"):
            rows.append(
                SlaRow(
                    company=names.company(company),
                    priority=Priority(priority),
                    tickets=tickets,
                    reaction=_kept(figures, [key], "r"),
                    resolution=_kept(figures, [key], "s"),
                )
            )
    return sorted(rows, key=lambda row: (row.company.name, str(row.company.id), _urgency(row.priority)))


def _urgency(priority: Priority) -> int:
    return _PRIORITIES.index(priority)


def whole(figures: Figures, measure: str) -> Kept:
    return _kept(figures, figures.keys("sla"), measure)


def steps_of(steps: Sequence[tuple[Span, Figures]]) -> list[SlaStep]:
    return [
        SlaStep(
            from_=span.first,
            to=span.last,
            reaction=_kept_of(figures, "flow", [ALL], "r"),
            resolution=_kept_of(figures, "flow", [ALL], "s"),
        )
        for span, figures in steps
    ]


def tickets_of(figures: Figures) -> int:
    return sum(figures.number("sla", key, "n") for key in figures.keys("sla"))


def _kept(figures: Figures, keys: list[str], measure: str) -> Kept:
    return _kept_of(figures, "sla", keys, measure)


def _kept_of(figures: Figures, part: str, keys: list[str], measure: str) -> Kept:
    judged = sum(figures.number(part, key, f"{measure}j") for key in keys)
    kept = sum(figures.number(part, key, f"{measure}k") for key in keys)
    return Kept(judged=judged, kept=kept, broken=judged - kept, share_kept=share(kept, judged))


def reasons_of(figures: Figures) -> list[ReasonRow]:
    """The most frequent first."""
    found = []
    for key in figures.keys("reason"):
        target, _, reason = key.partition("|")
        if broken := figures.number("reason", key, "n"):
            said = from_key(reason) or None
            found.append(ReasonRow(reason=said, target=cast(SlaTarget, target), broken=broken))
    return sorted(found, key=lambda row: (-row.broken, row.target, row.reason or ""))
