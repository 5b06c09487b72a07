"""What each report's page shows beside its numbers: charts and sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from gateway.web.language import words_of
from gateway.web.reports.charts import Scale, Series, columns, on_both, rows, shares, warmth
from gateway.web.reports.words import STAFF_FIGURES, TIMES, WEEKDAYS, WHY

Behind = Callable[..., str]
_HOURS = range(24)
_MOST_CATEGORIES = 12
# As the service does: so many columns are days, then weeks, then months.
_BY_DAYS, _BY_WEEKS = 62, 190
_HOUR = 60


def work(report: Mapping[str, Any], lang: str, behind: Behind) -> dict[str, Any]:
    gettext, steps = words_of(lang).gettext, report["steps"]
    draw = partial(
        columns,
        _labels(steps),
        [
            Series(
                gettext("within the contract"),
                "in",
                [(one["minutes"] - one["additional_minutes"]) / _HOUR for one in steps],
            ),
            Series(gettext("additional work"), "bad", [one["additional_minutes"] / _HOUR for one in steps]),
        ],
        stacked=True,
        scale=Scale(unit=gettext("hours"), said=lambda hours: _number(hours, lang)),
        links=_links(steps, behind, "worked"),
    )
    minutes = [one["minutes"] for one in report["performers"]]
    return {
        "widths": shares(minutes),
        "charts": on_both(draw) if any(one["minutes"] for one in steps) else [],
    }


def categories(report: Mapping[str, Any], lang: str, behind: Behind) -> dict[str, Any]:
    gettext = words_of(lang).gettext
    most = report["rows"][:_MOST_CATEGORIES]
    links = [
        behind("received", category=row["category"], exactly="true")
        if row["category"]
        else behind("received", uncategorised="true")
        for row in most
    ]
    draw = partial(
        rows,
        [row["category"] or gettext("without a category") for row in most],
        [
            Series(gettext("this period"), "in", [row["tickets"] for row in most]),
            Series(gettext("the period before"), "was", [row["previous_tickets"] for row in most]),
        ],
        links,
    )
    return {
        "charts": on_both(draw) if most else [],
        "whys": [_why(one["why"], lang) for one in report["candidates"]],
    }


def _why(why: Mapping[str, Any], lang: str) -> str:
    words, tickets, days = words_of(lang), why["tickets"], why["days"]
    said = {
        "tickets": words.ngettext("%(num)d ticket", "%(num)d tickets", tickets) % {"num": tickets},
        "days": words.ngettext("%d day", "%d days", days) % days,
        "before": why["previous_tickets"],
    }
    return words.gettext(WHY.get(why["kind"], WHY["repeats"])) % said


def effectiveness(report: Mapping[str, Any], lang: str, behind: Behind) -> dict[str, Any]:
    found = {(cell["weekday"], cell["hour"]): cell for cell in report["heat"]}
    highest = max((cell["tickets"] for cell in report["heat"]), default=0)
    gettext, steps = words_of(lang).gettext, report["steps"]
    heat = [
        (gettext(name), [_cell(found.get((weekday, hour)), highest) for hour in _HOURS])
        for weekday, name in enumerate(WEEKDAYS)
    ]
    draw = partial(
        columns,
        _labels(steps),
        [
            Series(gettext("median"), "in", [one["median"] for one in steps], is_line=True),
            Series(gettext("90 % within"), "open", [one["p90"] for one in steps], is_line=True),
        ],
        scale=Scale(unit=gettext("working minutes")),
        links=_links(steps, behind, "reaction_time"),
    )
    has_some = any(one["tickets"] for one in steps)
    return {"heat": heat, "hours": list(_HOURS), "charts": on_both(draw) if has_some else []}


def _cell(cell: Mapping[str, Any] | None, highest: int) -> dict[str, Any]:
    if cell is None:
        return {"tickets": 0, "median": None, "warmth": 0}
    return {"tickets": cell["tickets"], "median": cell["median"], "warmth": warmth(cell["tickets"], highest)}


def sla(report: Mapping[str, Any], lang: str, behind: Behind) -> dict[str, Any]:
    gettext, steps = words_of(lang).gettext, report["steps"]
    draw = partial(
        columns,
        _labels(steps),
        [
            Series(gettext("Reaction kept"), "in", _kept(steps, "reaction"), is_line=True),
            Series(gettext("Resolution kept"), "open", _kept(steps, "resolution"), is_line=True),
        ],
        scale=Scale(unit="%", top=100, said=lambda share: _number(share, lang)),
        links=_links(steps, behind, "received"),
    )
    has_some = any(one["reaction"]["judged"] or one["resolution"]["judged"] for one in steps)
    return {
        "widths": shares([one["broken"] for one in report["reasons"]]),
        "charts": on_both(draw) if has_some else [],
    }


def _kept(steps: Sequence[Mapping[str, Any]], target: str) -> list[float | None]:
    found = [step[target]["share_kept"] for step in steps]
    return [None if share is None else share * 100 for share in found]


def backlog(report: Mapping[str, Any], lang: str, behind: Behind) -> dict[str, Any]:
    # Days that are yet to come say nothing.
    zone = ZoneInfo(report["period"]["zone"])
    today = datetime.fromisoformat(report["as_of"]).astimezone(zone).date().isoformat()
    days = [day for day in report["flow"] if day["day"] <= today]
    flow, gettext = _in_steps(days), words_of(lang).gettext
    draw = partial(
        columns,
        _labels(flow),
        [
            Series(gettext("arrived"), "in", [one["received"] for one in flow]),
            Series(gettext("ended"), "out", [one["ended"] for one in flow]),
            Series(gettext("open"), "open", [one["open_at_end"] for one in flow], is_line=True),
        ],
        scale=Scale(unit=gettext("tickets")),
        links=_links(flow, behind, "received"),
    )
    return {
        "charts": on_both(draw) if flow else [],
        "age_widths": shares([row["tickets"] for row in report["ages"]]),
        "assignee_widths": shares([row["tickets"] for row in report["assignees"]]),
    }


def _in_steps(days: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    def begins(day: Mapping[str, Any]) -> str:
        if len(days) <= _BY_DAYS:
            return str(day["day"])
        at = date.fromisoformat(day["day"])
        return (at - timedelta(at.weekday() if len(days) <= _BY_WEEKS else at.day - 1)).isoformat()

    steps = [list(run) for _, run in groupby(days, key=begins)]
    return [
        {
            "from": step[0]["day"],
            "to": step[-1]["day"],
            "received": sum(day["received"] for day in step),
            "ended": sum(day["ended"] for day in step),
            "open_at_end": step[-1]["open_at_end"],
        }
        for step in steps
    ]


def _labels(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """A day, the first day of a week, or a month."""
    days = [(date.fromisoformat(one["from"]), date.fromisoformat(one["to"])) for one in steps]
    by_months = any((last - first).days >= 7 for first, last in days)
    return [f"{first:%m.%Y}" if by_months else f"{first:%d.%m}" for first, _ in days]


def _links(steps: Sequence[Mapping[str, Any]], behind: Behind, figure: str) -> list[str]:
    return [behind(figure, **{"from": one["from"], "to": one["to"]}) for one in steps]


def _number(value: float, lang: str) -> str:
    said = f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
    return said.replace(".", ",") if lang == "ru" else said


def lines(found: Mapping[str, Any] | None, narrower: Mapping[str, str]) -> dict[str, Any]:
    """The tickets behind a figure; of a time, where its median and 90 % stand among them.

    Both are times that some ticket really has, so that none is missed at the turn of a page.
    """
    time = TIMES.get(narrower["figure"], "")
    speed = (found["speed"] or found.get("handled")) if found else None
    marks: dict[int, list[str]] = {}
    if found and speed:
        times = [line[time] for line in found["items"]]
        for mark in ("p90", "median"):
            if speed.get(mark) in times:
                marks.setdefault(times.index(speed[mark]), []).append(mark)
    further = {name: value for name, value in narrower.items() if value and name != "cursor"}
    return {
        "found": found,
        "figure": STAFF_FIGURES[narrower["figure"]],
        "narrower": narrower,
        "further": urlencode(further),
        "whole": urlencode({name: value for name, value in further.items() if name != "at_most"}),
        "time_of": time,
        "speed": speed,
        "marks": marks,
        "weekdays": WEEKDAYS,
    }


SHOWN: dict[str, Callable[[Mapping[str, Any], str, Behind], dict[str, Any]]] = {
    "work": work,
    "categories": categories,
    "effectiveness": effectiveness,
    "sla": sla,
    "backlog": backlog,
}
