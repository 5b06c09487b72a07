"""«Почему красная?»: the bar is the whole life of a ticket, and red where it was late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gateway.web.clock_bar import life_of

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _at(minutes: int) -> str:
    return (NINE + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def _clock(*intervals: tuple[int, int, str], due: int, met_at: int | None = None) -> dict[str, Any]:
    """In minutes from nine; reaction came at once."""
    return {
        "intervals": [
            {"from": _at(start), "to": _at(end), "counted": reason == "working", "reason": reason}
            for start, end, reason in intervals
        ],
        "reaction": {"due": _at(30), "met_at": _at(0)},
        "resolution": {"due": _at(due), "met_at": None if met_at is None else _at(met_at)},
    }


def test_what_counted_after_the_deadline_is_late_and_a_night_is_not() -> None:
    life = life_of(
        _clock(
            (0, 40, "working"), (40, 60, "waiting"), (60, 80, "outside_hours"), (80, 100, "working"), due=20
        )
    )
    assert [(one.kind, one.x, one.width) for one in life] == [
        ("working", 0, 20),
        ("late", 20, 20),
        ("waiting", 40, 20),
        ("outside_hours", 60, 20),
        ("late", 80, 20),
    ]


def test_what_was_met_in_time_is_late_nowhere() -> None:
    assert {one.kind for one in life_of(_clock((0, 20, "working"), due=20, met_at=20))} == {"working"}


def test_a_late_reaction_is_red_until_it_came() -> None:
    clock = _clock((0, 40, "working"), due=90)
    clock["reaction"] = {"due": _at(10), "met_at": _at(20)}
    widths = [(one.kind, one.width) for one in life_of(clock)]
    assert widths == [("working", 25), ("late", 25), ("working", 50)]


def test_a_ticket_of_no_age_has_no_bar() -> None:
    assert life_of(_clock((0, 0, "working"), due=1)) == []
    assert life_of(_clock(due=1)) == []


_LENGTHS = st.lists(
    st.tuples(st.integers(1, 600), st.sampled_from(["working", "waiting", "outside_hours"])),
    min_size=1,
    max_size=30,
)


@given(lengths=_LENGTHS, due=st.integers(0, 20_000))
def test_the_pieces_are_the_whole_without_gaps(lengths: list[tuple[int, str]], due: int) -> None:
    intervals, start = [], 0
    for minutes, reason in lengths:
        intervals.append((start, start + minutes, reason))
        start += minutes
    pieces = life_of(_clock(*intervals, due=due))
    assert (pieces[0].start, pieces[-1].end) == (NINE, NINE + timedelta(minutes=start))
    assert all(one.end == other.start for one, other in pairwise(pieces))
    late = [one for one in pieces if one.kind == "late"]
    assert all(one.start >= NINE + timedelta(minutes=due) for one in late)
    counted = sum(
        (one.end - one.start for one in pieces if one.kind in ("late", "working")), start=timedelta()
    )
    assert counted == timedelta(minutes=sum(minutes for minutes, reason in lengths if reason == "working"))
