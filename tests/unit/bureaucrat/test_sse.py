"""Server-sent events are read the same however the network cuts them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bureaucrat.sse import ServerEvent, parse_events

STREAM = (
    ': приветствие\n\nid: 1\nevent: ticket\ndata: {"title": "Не печатает"}\n\n'
    "id: 2\r\nevent: reset\r\ndata:\r\n\r\n: heartbeat\n\ndata: раз\ndata: два\n\n"
).encode()
EVENTS = [
    ServerEvent("", "", None),
    ServerEvent("ticket", '{"title": "Не печатает"}', "1"),
    ServerEvent("reset", "", "2"),
    ServerEvent("", "", "2"),
    ServerEvent("message", "раз\nдва", "2"),
]


def test_events_names_data_and_ids_are_read() -> None:
    assert list(parse_events([STREAM])) == EVENTS


@given(st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_it_does_not_matter_where_the_pieces_end(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[a:b] for a, b in pairwise(edges)]
    assert list(parse_events(pieces)) == EVENTS


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(noise: bytes) -> None:
    assert all(isinstance(event, ServerEvent) for event in parse_events([noise]))


def test_an_event_without_data_is_told_by_its_name() -> None:
    assert list(parse_events([b"event: reset\n\n"])) == [ServerEvent("reset", "", None)]


def test_an_event_that_was_cut_off_is_not_told() -> None:
    assert list(parse_events([b"event: ticket\ndata: half"])) == []
