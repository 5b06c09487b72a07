"""The reports of figures as documents: categories, effectiveness, SLA, backlog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from contracts.reports_http import (
    BacklogReport,
    Candidate,
    CategoriesReport,
    EffectivenessReport,
    Report,
    SlaReport,
    Speed,
    Why,
)
from services.reporting.files.document import Cell, Column, ColumnKind, Document, Row, Table, of_rows
from services.reporting.files.facts import facts_of
from services.reporting.files.words import said
from services.reporting.files.works import name_of

_MOST_NUMBERS = 6
_SPEED: tuple[ColumnKind, ...] = ("number", "minutes", "minutes", "number", "number", "share")


class Maker:
    """Tables of one report in one language."""

    def __init__(self, name: str, report: Report, lang: str) -> None:
        self._name, self._report, self.lang = name, report, lang
        self._tables: list[Table] = []

    def say(self, word: str) -> str:
        return said(self.lang, word)

    def table(
        self, title: str, columns: Sequence[tuple[str, ColumnKind, float]], rows: Sequence[tuple[Cell, ...]]
    ) -> None:
        shown = [Column(self.say(word), kind, weight) for word, kind, weight in columns]
        self._tables.append(Table(self.say(title), shown, of_rows([Row(cells) for cells in rows])))

    def document(self, *more: tuple[str, str]) -> Document:
        facts = [*facts_of(self._report, self.lang), *more]
        return Document(self.say(self._name), facts, self._tables, lang=self.lang, page_word=self.say("page"))


def categories_document(report: CategoriesReport, lang: str) -> Document:
    make = Maker("categories", report, lang)
    numbers: list[tuple[str, ColumnKind, float]] = [
        ("tickets", "number", 1), ("before", "number", 1), ("change", "share", 1), ("minutes", "minutes", 1),
    ]  # fmt: skip
    make.table(
        "by category",
        [("category", "text", 3), ("share", "share", 1), *numbers, ("of it additional", "minutes", 1)],
        [
            (
                row.category or make.say("none"), row.share, row.tickets, row.previous_tickets, row.change,
                row.minutes, row.additional_minutes,
            )
            for row in report.rows
        ],
    )  # fmt: skip
    make.table(
        "candidates",
        [
            ("category", "text", 2),
            ("company", "text", 2),
            ("equipment", "text", 1.5),
            *numbers,
            ("why", "text", 2.5),
            ("numbers", "text", 2),
        ],
        [
            (
                one.category, one.company.name, one.equipment.name if one.equipment else None, one.tickets,
                one.previous_tickets, one.change, one.minutes, _why(make, one.why),
                _numbers(make, one),
            )
            for one in report.candidates
        ],
    )  # fmt: skip
    make.table(
        "where",
        [
            ("category", "text", 2),
            ("company", "text", 2),
            ("tickets", "number", 1),
            ("minutes", "minutes", 1),
        ],
        [
            (cell.category or make.say("none"), cell.company.name, cell.tickets, cell.minutes)
            for cell in report.cells
        ],
    )
    return make.document((make.say("candidates"), _found(make, report)))


def _found(make: Maker, report: CategoriesReport) -> str:
    found = make.say("found").format(threshold=report.threshold, found=report.candidates_found)
    if report.candidates_found <= len(report.candidates):
        return found
    return make.say("shown").format(found=found, shown=len(report.candidates))


def _numbers(make: Maker, one: Candidate) -> str:
    """The newest of its tickets, and how many others there are."""
    numbers = ", ".join(map(str, one.numbers[:_MOST_NUMBERS]))
    more = one.tickets - len(one.numbers[:_MOST_NUMBERS])
    return make.say("and more").format(numbers=numbers, more=more) if more > 0 else numbers


def _why(make: Maker, why: Why) -> str:
    said = {"tickets": why.tickets, "days": why.days, "before": why.previous_tickets}
    return make.say(f"why {why.kind}").format(**said)


def effectiveness_document(report: EffectivenessReport, lang: str) -> Document:
    """Two clocks, in tables of their own: nothing of the one is compared with the other unsaid."""
    make = Maker("effectiveness", report, lang)
    words = ("tickets", "median", "p90", "judged", "within", "share")
    columns = [("staff", "text", 3.0), *((word, kind, 1.0) for word, kind in zip(words, _SPEED, strict=True))]
    for title, field in (("from registration", "from_registration"), ("from assignment", "from_assignment")):
        rows = [(make.say("service"), *_speed(getattr(report, field)))]
        rows += [(name_of(one.staff, lang), *_speed(getattr(one, field))) for one in report.staff]
        make.table(title, columns, rows)
    return make.document()


def _speed(speed: Speed) -> tuple[Cell, ...]:
    return speed.tickets, speed.median, speed.p90, speed.judged, speed.within, speed.share_within


def sla_document(report: SlaReport, lang: str) -> Document:
    make = Maker("sla", report, lang)
    targets: list[tuple[str, ColumnKind, float]] = [
        ("kept reaction", "number", 1), ("broken reaction", "number", 1), ("share", "share", 1),
        ("kept resolution", "number", 1), ("broken resolution", "number", 1), ("share", "share", 1),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (row.company.name, make.say(row.priority.value), row.tickets, *_kept(row)) for row in report.rows
    ]
    rows.append((make.say("total"), None, report.tickets, *_kept(report)))
    make.table(
        "sla", [("company", "text", 2.5), ("priority", "text", 1), ("tickets", "number", 1), *targets], rows
    )
    make.table(
        "reasons",
        [("reason", "text", 4), ("what", "text", 1), ("broken", "number", 1)],
        [
            (one.reason or make.say("no reason"), make.say(f"target {one.target}"), one.broken)
            for one in report.reasons
        ],
    )
    return make.document()


def _kept(row: Any) -> tuple[Cell, ...]:
    return (
        row.reaction.kept, row.reaction.broken, row.reaction.share_kept,
        row.resolution.kept, row.resolution.broken, row.resolution.share_kept,
    )  # fmt: skip


def backlog_document(report: BacklogReport, lang: str) -> Document:
    make = Maker("backlog", report, lang)
    make.table(
        "ages",
        [("age", "text", 2), ("tickets", "number", 1)],
        [(make.say(f"age {row.age}"), row.tickets) for row in report.ages],
    )
    make.table(
        "statuses",
        [("status", "text", 2), ("tickets", "number", 1)],
        [(_status(make, row.status.value), row.tickets) for row in report.statuses],
    )
    make.table(
        "assignees",
        [("staff", "text", 2), ("tickets", "number", 1), ("waiting", "number", 1), ("oldest", "moment", 1)],
        [(name_of(row.staff, lang), row.tickets, row.waiting, row.oldest_at) for row in report.assignees],
    )
    make.table(
        "flow",
        [("day", "day", 1), ("arrived", "number", 1), ("ended", "number", 1), ("open", "number", 1)],
        [(row.day, row.received, row.ended, row.open_at_end) for row in report.flow],
    )
    return make.document()


def _status(make: Maker, status: str) -> str:
    return make.say("status waiting" if status == "waiting" else status)


DOCUMENTS: dict[str, Callable[[Any, str], Document]] = {
    "categories": categories_document,
    "effectiveness": effectiveness_document,
    "sla": sla_document,
    "backlog": backlog_document,
}
