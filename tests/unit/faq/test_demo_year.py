"""The demo's year of use is one that could have been, and that the report has something to show of."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import UUID

from contracts.people import PersonRef, StaffRef
from services.faq.demo.year import Fitting, Solved, misses_in, uses_in

UNTIL = datetime(2026, 11, 23, 9, tzinfo=UTC)
JAM, PAPER, SECRET = (UUID(int=n) for n in (1, 2, 3))
FITS = {
    "Замяло бумагу": [Fitting(id=JAM, is_public=True), Fitting(id=PAPER, is_public=False)],
    "Кончается место": [Fitting(id=SECRET, is_public=False)],
    "Камера не пишет": [],
}


def year() -> list[Solved]:
    rnd = random.Random(5)
    found = []
    for number in range(1, 1501):
        received = UNTIL - timedelta(days=365 * (1 - number / 1500))
        minutes = rnd.choice([5, 10, 15, 20, 30, 45, 60])
        found.append(
            Solved(
                number=number,
                title=rnd.choice(list(FITS)),
                minutes=minutes,
                person=PersonRef(id=UUID(int=100 + number % 9), full_name="Сотрудник"),
                staff=StaffRef(id=UUID(int=10 + number % 3), full_name="Специалист"),
                received_at=received,
                resolved_at=received + timedelta(minutes=minutes + rnd.randrange(5, 300)),
            )
        )
    return found


def test_each_use_is_of_its_ticket_while_somebody_worked_on_it() -> None:
    solved = {one.number: one for one in year()}
    uses = list(uses_in(year(), FITS))
    assert len({one.id for one in uses}) == len(uses)
    for use in uses:
        if use.ticket is None:
            assert (use.kind, use.article_id, use.by.kind) == ("helped", JAM, "person")
            continue
        ticket = solved[use.ticket]
        assert ticket.received_at < use.at < ticket.resolved_at
        assert use.by.id == ticket.staff.id
        assert use.article_id in {one.id for one in FITS[ticket.title]}
        assert use.kind == "inserted" or (use.kind, use.article_id) == ("linked", JAM)
    counted = Counter(one.kind for one in uses)
    assert counted["inserted"] > counted["linked"] > 10
    assert counted["helped"] > 5


def test_it_is_the_same_year_each_time_and_a_ticket_more_changes_no_other() -> None:
    whole = year()
    assert list(uses_in(whole, FITS)) == list(uses_in(whole, FITS))


def test_it_became_a_habit_and_who_had_the_steps_was_sooner_done() -> None:
    solved = year()
    used = {one.ticket for one in uses_in(solved, FITS)}
    halves = [sum(one.number in used for one in half) for half in (solved[:750], solved[750:])]
    assert halves[0] * 1.3 < halves[1]
    like = [one for one in solved if one.title == "Замяло бумагу"]
    assert 30 < sum(one.number in used for one in like) < len(like) / 2
    assert median(one.minutes for one in like if one.number in used) < median(
        one.minutes for one in like if one.number not in used
    )


def test_what_was_looked_for_in_vain_is_of_the_year_before() -> None:
    staff = [UUID(int=1), UUID(int=2)]
    misses = list(misses_in(staff, UNTIL))
    assert len({one.id for one in misses}) == len(misses) > 30
    assert all(UNTIL - timedelta(days=365) < one.at < UNTIL and one.caller in staff for one in misses)
