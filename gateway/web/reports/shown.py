"""What each report's page shows beside its numbers: charts and sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gateway.web.language import words_of
from gateway.web.reports.charts import Series, columns, shares, warmth
from gateway.web.reports.words import WEEKDAYS, WHY

_HOURS = range(24)


def work(report: Mapping[str, Any], lang: str) -> dict[str, Any]:
    minutes = [one["minutes"] for one in report["performers"]]
    return {"widths": shares(minutes)}


def categories(report: Mapping[str, Any], lang: str) -> dict[str, Any]:
    widths = shares([row["tickets"] for row in report["rows"]])
    return {"widths": widths, "whys": [_why(one["why"], lang) for one in report["candidates"]]}


def _why(why: Mapping[str, Any], lang: str) -> str:
    said = {"tickets": why["tickets"], "days": why["days"], "before": why["previous_tickets"]}
    return words_of(lang).gettext(WHY.get(why["kind"], WHY["repeats"])) % said


def effectiveness(report: Mapping[str, Any], lang: str) -> dict[str, Any]:
    found = {(cell["weekday"], cell["hour"]): cell for cell in report["heat"]}
    highest = max((cell["tickets"] for cell in report["heat"]), default=0)
    gettext = words_of(lang).gettext
    heat = [
        (gettext(name), [_cell(found.get((weekday, hour)), highest) for hour in _HOURS])
        for weekday, name in enumerate(WEEKDAYS)
    ]
    return {"heat": heat, "hours": list(_HOURS)}


def _cell(cell: Mapping[str, Any] | None, highest: int) -> dict[str, Any]:
    if cell is None:
        return {"tickets": 0, "median": None, "warmth": 0}
    return {"tickets": cell["tickets"], "median": cell["median"], "warmth": warmth(cell["tickets"], highest)}


def sla(report: Mapping[str, Any], lang: str) -> dict[str, Any]:
    return {"widths": shares([one["broken"] for one in report["reasons"]])}


def backlog(report: Mapping[str, Any], lang: str) -> dict[str, Any]:
    # Days that are yet to come say nothing.
    flow = [day for day in report["flow"] if day["day"] <= report["as_of"][:10]]
    gettext = words_of(lang).gettext
    chart = columns(
        [f"{date.fromisoformat(day['day']):%d.%m}" for day in flow],
        [
            Series(gettext("received"), "in", [day["received"] for day in flow]),
            Series(gettext("ended"), "out", [day["ended"] for day in flow]),
            Series(gettext("open"), "open", [day["open_at_end"] for day in flow], is_line=True),
        ],
    )
    return {
        "chart": chart if flow else None,
        "age_widths": shares([row["tickets"] for row in report["ages"]]),
        "assignee_widths": shares([row["tickets"] for row in report["assignees"]]),
    }


SHOWN: dict[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
    "work": work,
    "categories": categories,
    "effectiveness": effectiveness,
    "sla": sla,
    "backlog": backlog,
}
