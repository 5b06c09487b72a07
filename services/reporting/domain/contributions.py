"""What one ticket adds to which figure of which day: the only place that says what is counted how.

A figure is found by its cell (a scope: everything, a company, a person, a category; a sheet; a day) and in it
by its path `part.key.measure`; minutes that are to give a median are counted by their value: `part.key.r.15`.
A sheet holds what is read together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple, TypeVar

from services.reporting.domain.facts import Done, Facts

ALL, NOBODY, NOTHING = "*", "-", "~"
_LEVELS = " / "
# Longer ones are counted as this: whole minutes to a month, then no difference is made any more.
LONGEST_MINUTES = 60 * 24 * 31
SHEETS: Final = {
    "flow": ("flow", "work"),
    "categories": ("category", "place"),
    "speed": ("speed", "staff", "heat"),
    "sla": ("sla", "reason"),
}
KeyT = TypeVar("KeyT")
_SHEET_OF: Final = {part: sheet for sheet, parts in SHEETS.items() for part in parts}
_WORK_SHEET: Final = _SHEET_OF["work"]


class Cell(NamedTuple):
    scope: str
    sheet: str
    day: str


class Cause(NamedTuple):
    """Where something happens again: `equipment` is empty where the tickets name none."""

    company: str
    category: str
    equipment: str


class CauseDay(NamedTuple):
    cause: Cause
    day: str
    measure: str


Numbers = dict[str, int]


class Contributions(NamedTuple):
    """`cells`: by path what is in each."""

    cells: dict[Cell, Numbers]
    causes: Counter[CauseDay]


def contributions(facts: Facts | None) -> Contributions:
    """Nothing for no facts."""
    found = Contributions({}, Counter())
    if facts is None:
        return found
    own = _by_sheet((day, path, number) for day, path, number in _of_ticket(facts))
    for scope, (place, numbers) in product(ticket_scopes(facts), own.items()):
        found.cells[Cell(scope, *place)] = numbers.copy()
    for scope, day, path, number in _of_work(facts):
        numbers = found.cells.setdefault(Cell(scope, _WORK_SHEET, day), {})
        numbers[path] = numbers.get(path, 0) + number
    if cause := cause_of(facts):
        found.causes[CauseDay(cause, facts.day, "n")] += 1
        found.causes[CauseDay(cause, facts.day, "m")] += facts.minutes
    return found


def cause_of(facts: Facts) -> Cause | None:
    """None for what is without a category, or was merged into another."""
    if not facts.category or facts.is_merged:
        return None
    return Cause(facts.company, facts.category, facts.equipment or "")


def _by_sheet(counted: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str], Numbers]:
    found: dict[tuple[str, str], Numbers] = {}
    for day, path, number in counted:
        numbers = found.setdefault((sheet_of(path), day), {})
        numbers[path] = numbers.get(path, 0) + number
    return found


def sheet_of(path: str) -> str:
    return _SHEET_OF[path.partition(".")[0]]


def sheets_of(paths: Sequence[str]) -> dict[str, list[str]]:
    """Which of the paths are in which sheet."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(sheet_of(path), []).append(path)
    return found


def company_scope(company: str) -> str:
    return f"c:{company}"


def staff_scope(staff: str) -> str:
    return f"s:{staff}"


def category_scope(category: str) -> str:
    return f"k:{category}"


def categories_of(category: str | None) -> list[str]:
    """It and the one it lies under."""
    if not category:
        return []
    parent, level, _ = category.partition(_LEVELS)
    return [category, parent] if level else [category]


def ticket_scopes(facts: Facts) -> list[str]:
    assigned = [staff_scope(facts.staff)] if facts.staff else []
    return [*_shared_scopes(facts), *assigned]


def _shared_scopes(facts: Facts) -> list[str]:
    return [ALL, company_scope(facts.company), *map(category_scope, categories_of(facts.category))]


def as_key(text: str) -> str:
    """A key in a path: MongoDB's own signs are written otherwise, and ours."""
    if not text:
        return NOTHING
    for sign in "%.$|~":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def from_key(key: str) -> str:
    if key == NOTHING:
        return ""
    for sign in "~|$.%":
        key = key.replace(f"%{ord(sign):02X}", sign)
    return key


def _of_ticket(facts: Facts) -> Iterator[tuple[str, str, int]]:
    """A merged ticket is its target's affair, and counts nowhere by itself."""
    if facts.is_merged:
        return
    yield facts.day, f"flow.{ALL}.received", 1
    if facts.ended:
        yield facts.ended, f"flow.{ALL}.ended", 1
    if facts.is_judged:
        for clock, kept in (("r", facts.reaction_kept), ("s", facts.resolution_kept)):
            for path, number in _kept(f"flow.{ALL}", clock, kept):
                yield facts.day, path, number
    category = as_key(facts.category or "")
    for path, number in [
        *_amounts(f"category.{category}", facts, with_additional=True),
        *_amounts(f"place.{facts.company}|{category}", facts),
        *_speed(f"speed.{ALL}", facts, with_resolution=True),
        *_speed(f"staff.{facts.staff or NOBODY}", facts),
        *_heat(facts),
        *(_sla(facts) if facts.is_judged else ()),
    ]:
        yield facts.day, path, number


def _amounts(under: str, facts: Facts, *, with_additional: bool = False) -> Iterator[tuple[str, int]]:
    yield f"{under}.n", 1
    yield f"{under}.m", facts.minutes
    if with_additional:
        yield f"{under}.a", facts.additional


def _speed(under: str, facts: Facts, *, with_resolution: bool = False) -> Iterator[tuple[str, int]]:
    yield f"{under}.n", 1
    yield f"{under}.m", facts.minutes
    if facts.rating is not None:
        yield f"{under}.rated", 1
        yield f"{under}.score", facts.rating
    for clock, minutes, kept in (
        ("r", facts.reaction, facts.reaction_kept),
        ("a", facts.assigned, facts.assigned_kept),
        ("s", facts.resolution, facts.resolution_kept),
    )[: 3 if with_resolution else 2]:
        if minutes is not None:
            yield f"{under}.{clock}.{min(minutes, LONGEST_MINUTES)}", 1
        if facts.is_judged:
            yield from _kept(under, clock, kept)


def _kept(under: str, clock: str, kept: bool | None) -> Iterator[tuple[str, int]]:
    if kept is not None:
        yield f"{under}.{clock}j", 1
        yield f"{under}.{clock}k", int(kept)


def _heat(facts: Facts) -> Iterator[tuple[str, int]]:
    under = f"heat.{facts.weekday}|{facts.hour}"
    yield f"{under}.n", 1
    if facts.reaction is not None:
        yield f"{under}.r.{min(facts.reaction, LONGEST_MINUTES)}", 1


def _sla(facts: Facts) -> Iterator[tuple[str, int]]:
    under = f"sla.{facts.company}|{facts.priority}"
    yield f"{under}.n", 1
    for clock, target, kept in (
        ("r", "reaction", facts.reaction_kept),
        ("s", "resolution", facts.resolution_kept),
    ):
        yield from _kept(under, clock, kept)
        if kept is False:
            yield f"reason.{target}|{as_key(facts.reason or '')}.n", 1


def _of_work(facts: Facts) -> Iterator[tuple[str, str, str, int]]:
    """By the day it was logged. A ticket counts on the first such day only.

    Who asks for a period that begins later has to look at tickets with work on both sides (figures.py).
    """
    for staff, scopes in _performers(facts):
        own = [done for done in facts.work if staff is None or done.staff == staff]
        for scope, keys in scopes.items():
            for key in keys:
                yield from _work_under(scope, f"work.{key}", own)


def _performers(facts: Facts) -> Iterator[tuple[str | None, dict[str, list[str]]]]:
    shared = _shared_scopes(facts)
    yield None, {scope: [ALL] for scope in shared}
    for staff in sorted({done.staff for done in facts.work}):
        scopes = {scope: [staff or NOBODY] for scope in shared}
        if staff:
            scopes[staff_scope(staff)] = [ALL, staff]
        yield staff, scopes


def _work_under(scope: str, under: str, work: list[Done]) -> Iterator[tuple[str, str, str, int]]:
    for done in work:
        yield scope, done.day, f"{under}.m", done.minutes
        yield scope, done.day, f"{under}.a", done.additional
    if work:
        yield scope, min(done.day for done in work), f"{under}.t", 1
    if extra := [done.day for done in work if done.additional]:
        yield scope, min(extra), f"{under}.at", 1


def total_of(many: Iterable[Contributions]) -> Contributions:
    total = Contributions({}, Counter())
    for one in many:
        for cell, numbers in one.cells.items():
            add_to(total.cells.setdefault(cell, {}), numbers)
        total.causes.update(one.causes)
    return total


def difference(after: Contributions, before: Contributions) -> Contributions:
    """What has to be added to get from one to the other; what stays is not named."""
    cells = {}
    for cell in {*after.cells, *before.cells}:
        if more := _less(after.cells.get(cell, {}), before.cells.get(cell, {})):
            cells[cell] = more
    return Contributions(cells, Counter(_less(after.causes, before.causes)))


def add_to(into: Numbers, more: Numbers) -> None:
    for path, number in more.items():
        into[path] = into.get(path, 0) + number


def _less(after: Mapping[KeyT, int], before: Mapping[KeyT, int]) -> dict[KeyT, int]:
    left = dict(after)
    for key, number in before.items():
        left[key] = left.get(key, 0) - number
    return {key: number for key, number in left.items() if number}
