"""Links: each ticket knows of the other, or neither does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.tickets import Link, TicketChanged
from services.tickets.domain.errors import RuleError
from services.tickets.domain.linking import MOST_LINKS, link, split_off, unlink
from services.tickets.domain.merging import merge
from services.tickets.domain.ticket import Ticket
from tests.unit.tickets.samples import SPECIALIST, a_ticket, later

_DEEDS: dict[str, Callable[..., None]] = {"link": link, "split_off": split_off, "unlink": unlink}


def _numbered(number: int) -> Ticket:
    ticket = a_ticket()
    ticket.number = number
    ticket.take_events()
    return ticket


def _do(deed: str, one: Ticket, other: Ticket) -> None:
    _DEEDS[deed](one, other, SPECIALIST, later(minutes=5), new_id())


def _numbers(ticket: Ticket) -> set[int]:
    return {known.number for known in ticket.links}


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(_DEEDS)), st.permutations([1, 2, 3, 4]).map(lambda some: some[:2])),
        max_size=12,
    )
)
def test_whatever_is_done_each_knows_of_the_other_or_neither_does(deeds: list[Any]) -> None:
    tickets = {number: _numbered(number) for number in (1, 2, 3, 4)}
    wanted: set[frozenset[int]] = set()
    for deed, (one, other) in deeds:
        _do(deed, tickets[one], tickets[other])
        (wanted.discard if deed == "unlink" else wanted.add)(frozenset((one, other)))
    for number, ticket in tickets.items():
        assert _numbers(ticket) == {next(iter(pair - {number})) for pair in wanted if number in pair}
        assert len(ticket.links) == len(_numbers(ticket))


def test_both_logs_and_events_tell_of_it_and_the_same_again_does_not() -> None:
    one, other = _numbered(1), _numbered(2)
    for _ in range(2):
        _do("link", one, other)
    for ticket, far in ((one, 2), (other, 1)):
        assert [entry.kind for entry in ticket.entries] == ["change"]
        (event,) = ticket.take_events()
        assert isinstance(event, TicketChanged)
        assert [(change.field, change.after) for change in event.changes] == [("link", far)]
    assert one.entries[0].id != other.entries[0].id


def test_a_part_says_where_it_came_from() -> None:
    source, part = _numbered(1), _numbered(2)
    _do("split_off", source, part)
    assert source.links == [Link(number=2, kind="split_into")]
    assert part.links == [Link(number=1, kind="split_from")]


def test_a_ticket_is_not_linked_with_itself_nor_with_what_was_merged_nor_without_end() -> None:
    one, other, third = _numbered(1), _numbered(2), _numbered(3)
    with pytest.raises(RuleError):
        _do("link", one, one)
    merge(other, third, SPECIALIST, later(minutes=1), new_id())
    with pytest.raises(RuleError):
        _do("link", one, other)
    for number in range(MOST_LINKS):
        _do("link", one, _numbered(10 + number))
    with pytest.raises(RuleError):
        _do("link", one, third)


def test_links_go_over_with_a_merge() -> None:
    source, target, other = _numbered(1), _numbered(2), _numbered(3)
    _do("link", source, target)
    _do("link", source, other)
    merge(source, target, SPECIALIST, later(minutes=9), new_id())
    assert _numbers(target) == {1, 3}
