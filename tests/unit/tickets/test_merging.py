"""Two tickets become one: nothing of either is lost, and nothing counts twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.people import CompanyRef
from contracts.tickets import Status, TicketChanged, TicketMerged
from services.tickets.domain.errors import RuleError
from services.tickets.domain.merging import merge
from services.tickets.domain.plan import DEFAULT_PLAN
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.worked import worked_by_month
from tests.unit.tickets.samples import MOSCOW, SPECIALIST, a_ticket, an_entry, kinds_of, later, set_fields


def _numbered(number: int) -> Ticket:
    ticket = a_ticket()
    ticket.number = number
    return ticket


def _merged(source: Ticket, target: Ticket) -> None:
    merge(source, target, SPECIALIST, later(minutes=20), new_id())


_WORK = st.lists(st.tuples(st.integers(0, 100), st.booleans()), max_size=6)


@given(ours=_WORK, theirs=_WORK)
def test_minutes_and_entries_of_both_are_in_the_one_that_goes_on(
    ours: list[tuple[int, bool]], theirs: list[tuple[int, bool]]
) -> None:
    source, target = _numbered(1), _numbered(2)
    for ticket, work in ((source, ours), (target, theirs)):
        for place, (minutes, additional) in enumerate(work):
            entry = an_entry("work", later(minutes=place + 1), minutes=minutes, additional=additional)
            ticket.log_entry(entry, DEFAULT_PLAN)
    ids = {entry.id for entry in (*source.entries, *target.entries)}
    _merged(source, target)
    assert target.minutes == sum(minutes for minutes, _ in (*ours, *theirs))
    assert target.additional_minutes == sum(minutes for minutes, more in (*ours, *theirs) if more)
    assert (source.minutes, source.additional_minutes) == (0, 0)
    assert worked_by_month(source.entries, MOSCOW) == []
    assert ids <= {entry.id for entry in target.entries}
    assert [entry.at for entry in target.entries] == sorted(entry.at for entry in target.entries)


def test_what_was_asked_for_comes_along_and_says_where_from() -> None:
    source, target = _numbered(7), _numbered(8)
    _merged(source, target)
    asked = next(entry for entry in target.entries if entry.id == source.id)
    assert (asked.origin, asked.author.full_name) == (7, source.person.full_name)
    assert source.title in asked.text
    assert source.description in asked.text


def test_the_source_says_where_it_went_and_both_say_that_they_changed() -> None:
    source, target = _numbered(7), _numbered(8)
    _merged(source, target)
    told = source.take_events()
    assert kinds_of(told) == [TicketMerged, TicketChanged]
    assert told[0].ticket.merged_into == 8
    assert told[0].ticket.status is Status.MERGED
    assert kinds_of(target.take_events()) == [TicketChanged]


def test_a_merged_ticket_is_watched_no_more() -> None:
    source, target = _numbered(7), _numbered(8)
    _merged(source, target)
    source.take_events()
    assert source.promise is not None
    assert source.promise.look_at is None
    source.watch(later(days=30))
    assert source.take_events() == []


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED, Status.CANCELLED, Status.MERGED])
def test_nothing_is_merged_into_what_is_over(status: Status) -> None:
    source, target = _numbered(1), _numbered(2)
    target.status = status
    with pytest.raises(RuleError):
        _merged(source, target)


def test_chains_circles_and_other_companies_are_refused() -> None:
    first, second, third = _numbered(1), _numbered(2), _numbered(3)
    _merged(first, second)
    for source, target in ((third, first), (first, third), (second, first), (third, third)):
        with pytest.raises(RuleError):
            _merged(source, target)
    third.company = CompanyRef(id=new_id(), name="Чужая")
    with pytest.raises(RuleError):
        _merged(third, second)


def test_what_is_over_can_be_merged_into_what_goes_on() -> None:
    source, target = _numbered(1), _numbered(2)
    set_fields(source, later(minutes=5), status=Status.RESOLVED)
    _merged(source, target)
    assert source.status is Status.MERGED
