"""When things go wrong in a year: seasons, weekdays, hours, holidays, incidents, and what wears out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contracts.people import EquipmentRef, PersonRef
from services.tickets.demo.problems import INCIDENTS, PROBLEMS, Problem
from services.tickets.demo.town import Client, Town
from services.tickets.domain.holidays import holidays_in

_DAYS = 365
_SEASON = (1.15, 1.05, 1.1, 1.05, 0.75, 0.9, 0.8, 0.75, 1.25, 1.15, 1.1, 1.0)
_WEEK = (1.25, 1.1, 1.0, 1.0, 0.95, 0.08, 0.05)
_HOURS = (1, 0, 0, 0, 0, 1, 3, 9, 40, 100, 110, 95, 70, 60, 85, 90, 75, 45, 18, 8, 5, 4, 3, 2)
_INCIDENTS = 14
_WORN = 8


class Arrival(NamedTuple):
    """`follows`: the first of the same incident, by its place in the list."""

    at: datetime
    client: Client
    person: PersonRef
    problem: Problem
    piece: EquipmentRef | None
    follows: int | None = None


def arrivals(town: Town, count: int, until: datetime, zone: ZoneInfo, rnd: random.Random) -> list[Arrival]:
    """In the order of time, exactly so many."""
    days = [until.astimezone(zone).date() - timedelta(number) for number in range(_DAYS, 0, -1)]
    incidents = list(_incidents(town, days, zone, rnd))[: count // 4]
    worn = list(_worn(town, days, zone, rnd))[: count // 8]
    usual = [_usual(town, days, zone, rnd) for _ in range(count - len(incidents) - len(worn))]
    return _in_order([*incidents, *worn, *usual])


def _in_order(found: list[Arrival]) -> list[Arrival]:
    order = sorted(range(len(found)), key=lambda place: found[place].at)
    place_of = {before: after for after, before in enumerate(order)}
    return [
        one._replace(follows=place_of.get(one.follows) if one.follows is not None else None)
        for one in (found[place] for place in order)
    ]


def _usual(town: Town, days: list[date], zone: ZoneInfo, rnd: random.Random) -> Arrival:
    client = _client(town, rnd)
    problem = rnd.choices(PROBLEMS, [one.often for one in PROBLEMS])[0]
    day = rnd.choices(days, cum_weights=_weights(tuple(days)))[0]
    return _arrival(client, problem, _moment(day, zone, rnd), rnd)


_known_weights: dict[tuple[date, ...], list[float]] = {}


def _weights(days: tuple[date, ...]) -> list[float]:
    if days not in _known_weights:
        total, sums = 0.0, []
        for number, day in enumerate(days):
            rest = 0.06 if day in holidays_in("RU", day.year) else 1.0
            total += _SEASON[day.month - 1] * _WEEK[day.weekday()] * rest * (1 + number / len(days) / 4)
            sums.append(total)
        _known_weights[days] = sums
    return _known_weights[days]


def _client(town: Town, rnd: random.Random) -> Client:
    """Some have many times as much trouble as others."""
    return rnd.choices(town.clients, [1 / (place + 1) ** 0.7 for place in range(len(town.clients))])[0]


def _moment(day: date, zone: ZoneInfo, rnd: random.Random) -> datetime:
    hour = rnd.choices(range(24), _HOURS)[0]
    return datetime.combine(day, time(hour, rnd.randrange(60), rnd.randrange(60)), zone)


def _arrival(client: Client, problem: Problem, at: datetime, rnd: random.Random) -> Arrival:
    pieces = client.pieces.get(problem.kind, [])
    piece = rnd.choice(pieces) if pieces and rnd.random() < 0.8 else None
    return Arrival(at, client, rnd.choice(client.people), problem, piece)


def _incidents(town: Town, days: list[date], zone: ZoneInfo, rnd: random.Random) -> Iterator[Arrival]:
    """Half an office calls within the hour."""
    place = 0
    for _ in range(_INCIDENTS):
        client, problem = _client(town, rnd), rnd.choice(INCIDENTS)
        day = rnd.choices(days, cum_weights=_weights(tuple(days)))[0]
        start = datetime.combine(day, time(rnd.randrange(9, 16), rnd.randrange(60)), zone)
        callers = rnd.sample(client.people, k=min(len(client.people), rnd.randrange(4, 16)))
        first = place
        for number, person in enumerate(callers):
            at = start + timedelta(minutes=number * rnd.randrange(1, 6), seconds=rnd.randrange(60))
            one = _arrival(client, problem, at, rnd)._replace(person=person)
            yield one._replace(follows=first if number else None)
            place += 1


def _worn(town: Town, days: list[date], zone: ZoneInfo, rnd: random.Random) -> Iterator[Arrival]:
    """Pieces that fail ever more often: what reports should name for modernisation."""
    breaking = [problem for problem in PROBLEMS if problem.kind]
    for _ in range(_WORN):
        problem = rnd.choice(breaking)
        client = _client(town, rnd)
        if not client.pieces.get(problem.kind):
            continue
        piece = rnd.choice(client.pieces[problem.kind])
        for _ in range(rnd.randrange(20, 45)):
            day = days[min(int(len(days) * (0.3 + 0.7 * rnd.random() ** 0.5)), len(days) - 1)]
            yield Arrival(_moment(day, zone, rnd), client, rnd.choice(client.people), problem, piece)
