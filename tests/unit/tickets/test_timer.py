"""A specialist's stopwatch, and the draft that its minutes go to."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.drafts_http import DraftBody
from services.tickets.domain.draft import Draft
from services.tickets.domain.timer import FORGOTTEN_AFTER, start
from tests.unit.tickets.samples import MONDAY, later


def test_begun_minutes_count_whole() -> None:
    timer = start(7, MONDAY)
    assert [timer.minutes(later(seconds=s)) for s in (0, 1, 60, 61)] == [0, 1, 1, 2]


def test_what_rests_does_not_count_and_goes_on_where_it_was() -> None:
    resting = start(7, MONDAY).resting(later(minutes=10))
    assert resting.elapsed(later(hours=5)) == timedelta(minutes=10)
    assert resting.running(later(hours=5)).elapsed(later(hours=5, minutes=3)) == timedelta(minutes=13)


def test_the_same_again_changes_nothing() -> None:
    timer = start(7, MONDAY)
    assert timer.running(later(minutes=1)) is timer
    resting = timer.resting(later(minutes=1))
    assert resting.resting(later(minutes=2)) is resting


def test_only_one_that_runs_can_be_forgotten() -> None:
    timer, much_later = start(7, MONDAY), MONDAY + FORGOTTEN_AFTER + timedelta(seconds=1)
    assert timer.is_forgotten(much_later)
    assert not timer.is_forgotten(MONDAY + FORGOTTEN_AFTER)
    assert not timer.resting(later(minutes=5)).is_forgotten(much_later)


@given(st.lists(st.integers(-600, 36_000), max_size=10))
def test_time_never_runs_backwards_whatever_the_clocks_say(steps: list[int]) -> None:
    timer, at, before = start(7, MONDAY), MONDAY, timedelta()
    for place, step in enumerate(steps):
        at += timedelta(seconds=step)
        timer = timer.resting(at) if place % 2 == 0 else timer.running(at)
        assert timer.counted >= before
        before = timer.counted


def test_a_timers_minutes_come_on_top_of_those_in_the_draft_up_to_a_day() -> None:
    draft = Draft(minutes=5, version=3).with_work(20, MONDAY)
    assert (draft.minutes, draft.version) == (25, 4)
    assert draft.with_work(10_000, MONDAY).minutes == 1440


def test_what_was_sent_is_gone_but_not_what_another_window_wrote() -> None:
    draft = Draft().rewritten(DraftBody(text="Готово ", minutes=3), MONDAY)
    sent = draft.sent("Готово", MONDAY)
    assert (sent.text, sent.minutes, sent.version) == ("", None, 2)
    assert draft.sent("Другое", MONDAY) is draft
