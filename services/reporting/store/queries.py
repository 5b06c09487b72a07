"""MongoDB filters of what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from chassis.mongo import Document
from contracts.reports_http import AgeBucket
from services.reporting.domain.asked import Asked
from services.reporting.domain.lines import TIMES, Position, Wanted
from services.reporting.domain.reports.backlog import AGES
from services.reporting.domain.span import Span
from services.reporting.domain.storage import By

ORDER = [("facts.day", 1), ("number", 1)]
BY_NUMBER = [("number", 1)]
SOME_TIME = {"$gte": 0}
# What happened to a ticket in the period, and between which of its fields all such days lie.
_BOUNDS = {
    "worked": ("first", "last"),
    "additional": ("first", "last"),
    "resolved": ("facts.ended", "facts.ended"),
    "ended": ("facts.ended", "facts.ended"),
}
# What a median is taken over, to be read from the longest on.
BY_TIME = [[(f"facts.{time}", 1), ("facts.day", 1), ("number", 1)] for time, _ in TIMES.values()]
CARRIED = [[("facts.day", 1), (field, 1)] for field in ("first", "last", "facts.ended")]
_MERGED = {"facts.status": {"$ne": "merged"}}
OVER = ["resolved", "closed"]
# Solved; without work in its log nobody knows how long it took.
HANDLED: Document = {"facts.status": {"$in": OVER}, "facts.minutes": {"$gt": 0}}


def limited(asked: Asked, *, is_of_work: bool = False) -> Document:
    """The filters without the period: `staff` is the performer of work, else the assignee."""
    query: Document = {}
    if asked.companies is not None:
        query["facts.company"] = {"$in": list(asked.companies)}
    if asked.staff is not None:
        query["performers" if is_of_work else "facts.staff"] = asked.staff
    if asked.category is not None:
        query["categories"] = asked.category
    return query


def between(span: Span) -> Document:
    return {"$gte": span.first.isoformat(), "$lte": span.last.isoformat()}


def when(by: By, span: Span) -> Document:
    if by == "worked":
        return {"days": {"$elemMatch": between(span)}}
    return {"facts.day" if by == "received" else "facts.ended": between(span)}


def lines_query(wanted: Wanted) -> Document:
    query = {**limited(wanted.asked, is_of_work=wanted.is_of_work), **_figure(wanted)}
    if wanted.priority:
        query["facts.priority"] = wanted.priority
    if wanted.equipment:
        query["facts.equipment"] = str(wanted.equipment)
    # Beside what the figure says of the same fields, never instead of it.
    narrower: list[tuple[object, Document]] = [
        (wanted.status, {"facts.status": wanted.status}),
        (wanted.exactly and wanted.asked.category, {"facts.category": wanted.asked.category}),
        (wanted.without_equipment, {"facts.equipment": None}),
        (wanted.uncategorised, {"facts.category": None}),
        (wanted.unassigned, {"facts.staff": ""}),
        (wanted.reason, {"facts.reason": wanted.reason}),
        (wanted.unexplained, {"facts.reason": None}),
        (wanted.weekday is not None, {"facts.weekday": wanted.weekday}),
        (wanted.hour is not None, {"facts.hour": wanted.hour}),
        (wanted.among is not None, {"number": {"$in": sorted(wanted.among or ())}}),
        (wanted.beyond is not None, {"number": {"$nin": sorted(wanted.beyond or ())}}),
    ]
    also = [limit for is_said, limit in narrower if is_said]
    if wanted.age and wanted.at:
        also.append({"state.received_at": _aged(wanted.age, wanted.at)})
    return {"$and": [query, *also]} if also else query


def _aged(age: AgeBucket, at: datetime) -> Document:
    """As ages are told: up to so many days is in it, what is younger is in the one before."""
    place = [name for name, _ in AGES].index(age)
    older, younger = AGES[place][1], AGES[place - 1][1] if place else None
    bounds = {"$gte": at - timedelta(older)} if older is not None else {}
    return bounds | ({"$lt": at - timedelta(younger)} if younger is not None else {})


class Stage(NamedTuple):
    """A part of the tickets that are asked for; parts come one after the other in their order."""

    query: Document
    hint: list[tuple[str, int]] | None = None


def stages(wanted: Wanted, position: Position | None) -> Iterator[Stage]:
    """All that `wanted` asks for, beginning behind `position`.

    What came before the period, or (through a merge) after it, is found by an index that leaps from day to
    day: read in the order of days alone, every ticket of the years before would be looked at.
    """
    query, span = lines_query(wanted), wanted.asked.span
    first, last = span.first.isoformat(), span.last.isoformat()
    begun = [_behind(position, order_of(wanted))] if position else []
    if wanted.figure not in _BOUNDS:
        yield Stage({"$and": [query, *begun]})
        return
    low, high = _BOUNDS[wanted.figure]
    if position is None or position.day < first:
        earlier = {"facts.day": {"$lt": first}, high: {"$gte": first}}
        yield Stage({"$and": [query, earlier, *begun]}, [("facts.day", 1), (high, 1)])
    if position is None or position.day <= last:
        yield Stage({"$and": [query, {"facts.day": between(span)}, *begun]})
    later = {"facts.day": {"$gt": last}, low: {"$lte": last}}
    yield Stage({"$and": [query, later, *begun]}, [("facts.day", 1), (low, 1)])


def _figure(wanted: Wanted) -> Document:
    span = between(wanted.asked.span)
    judged = {**_MERGED, "facts.status": {"$nin": ["merged", "cancelled"]}, "facts.day": span}
    figures: dict[str, Document] = {
        "worked": {"days": {"$elemMatch": span}, "state": {"$ne": None}},
        "additional": {"additional_days": {"$elemMatch": span}, "state": {"$ne": None}},
        "received": {**_MERGED, "facts.day": span},
        "resolved": {"facts.ended": span, "facts.status": {"$in": OVER}},
        "ended": {**_MERGED, "facts.ended": span},
        "open": {"facts.ended": None, "state": {"$ne": None}},
        "reaction_kept": {**judged, "facts.reaction_kept": True},
        "reaction_broken": {**judged, "facts.reaction_kept": False},
        "resolution_kept": {**judged, "facts.resolution_kept": True},
        "resolution_broken": {**judged, "facts.resolution_kept": False},
        "assigned_kept": {**judged, "facts.assigned_kept": True},
        "assigned_broken": {**judged, "facts.assigned_kept": False},
        "received_additional": {**_MERGED, "facts.day": span, "facts.additional": {"$gt": 0}},
        "rated": {**_MERGED, "facts.day": span, "facts.rating": {"$ne": None}},
        "used": {"state": {"$ne": None}},
    }
    if wanted.time is None:
        return figures[wanted.figure]
    up_to = {} if wanted.at_most is None else {"$lte": wanted.at_most}
    if wanted.figure == "handled_time":
        return {**HANDLED, "facts.day": span, "facts.minutes": {**HANDLED["facts.minutes"], **up_to}}
    return {**_MERGED, "facts.day": span, f"facts.{wanted.time}": {**SOME_TIME, **up_to}}


def order_of(wanted: Wanted) -> list[tuple[str, int]]:
    if wanted.figure == "used":
        return BY_NUMBER
    return [(f"facts.{wanted.time}", -1), ("facts.day", -1), ("number", -1)] if wanted.time else ORDER


def position_of(document: Document, wanted: Wanted) -> Position:
    facts = document["facts"]
    minutes = facts[wanted.time] if wanted.time else None
    return Position(minutes=minutes, day=facts["day"], number=document["number"])


def _behind(position: Position, order: list[tuple[str, int]]) -> Document:
    """Further on in this order. A position of another order is somewhere, too."""
    further = "$lt" if order[0][1] < 0 else "$gt"
    fields = [field for field, _ in order]
    whole: list[int | str] = [position.minutes or 0, position.day, position.number]
    at = whole[-len(order) :]
    ways: list[Document] = [
        {**dict(zip(fields[:same], at, strict=False)), fields[same]: {further: at[same]}}
        for same in range(len(order))
    ]
    # The first of these is said in one word more, for an index to begin at.
    return {fields[0]: {f"{further}e": at[0]}, "$or": ways}
