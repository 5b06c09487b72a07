"""Effectiveness: how soon, of the service, of each specialist, and by hour and weekday."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.reports_http import Clock, HeatCell, Speed, SpeedStep, StaffSpeed
from services.reporting.domain.contributions import ALL
from services.reporting.domain.figures import Figures
from services.reporting.domain.quantiles import median, percentile, share
from services.reporting.domain.reports.names import Names
from services.reporting.domain.span import Span

_P90 = 90


def speed_of(figures: Figures, part: str, key: str, measure: str) -> Speed:
    """`measure`: r registration to reaction, a assignment to reaction, s registration to resolution."""
    counted = figures.histogram(part, key, measure)
    judged, within = figures.number(part, key, f"{measure}j"), figures.number(part, key, f"{measure}k")
    clock: Clock = "shift" if measure == "a" else "plan"
    return Speed(
        clock=clock,
        tickets=sum(counted.values()),
        median=median(counted),
        p90=percentile(counted, _P90),
        judged=judged,
        within=within,
        share_within=share(within, judged),
    )


def rating_of(figures: Figures, part: str, key: str) -> float | None:
    rated = figures.number(part, key, "rated")
    return round(figures.number(part, key, "score") / rated, 2) if rated else None


def staff_speeds(figures: Figures, names: Names) -> list[StaffSpeed]:
    """Who has most tickets first."""
    found = [
        StaffSpeed(
            staff=names.staff(key),
            tickets=figures.number("staff", key, "n"),
            minutes=figures.number("staff", key, "m"),
            rating=rating_of(figures, "staff", key),
            from_registration=speed_of(figures, "staff", key, "r"),
            from_assignment=speed_of(figures, "staff", key, "a"),
        )
        for key in figures.keys("staff")
        if figures.number("staff", key, "n")
    ]
    return sorted(found, key=lambda one: (one.staff is None, -one.tickets))


def steps_of(steps: Sequence[tuple[Span, Figures]]) -> list[SpeedStep]:
    return [_step(span, figures.histogram("speed", ALL, "r")) for span, figures in steps]


def _step(span: Span, counted: dict[int, int]) -> SpeedStep:
    return SpeedStep(
        from_=span.first,
        to=span.last,
        tickets=sum(counted.values()),
        median=median(counted),
        p90=percentile(counted, _P90),
    )


def heat_of(figures: Figures) -> list[HeatCell]:
    """By weekday and hour; hours in which nothing ever came are left out."""
    found = []
    for key in figures.keys("heat"):
        weekday, _, hour = key.partition("|")
        tickets = figures.number("heat", key, "n")
        if tickets:
            middle = median(figures.histogram("heat", key, "r"))
            found.append(HeatCell(weekday=int(weekday), hour=int(hour), tickets=tickets, median=middle))
    return sorted(found, key=lambda cell: (cell.weekday, cell.hour))


def tickets_of(figures: Figures) -> int:
    return figures.number("speed", ALL, "n")
