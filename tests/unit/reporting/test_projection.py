"""However events come, what is known of a ticket at the end is what the ticket is."""

from __future__ import annotations

import random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.contributions import as_key, contributions, difference, from_key, total_of
from services.reporting.domain.facts import Facts, facts_of
from services.reporting.domain.projection import Known
from tests.unit.reporting.histories import Said, Story, shuffled, story

ZONE = ZoneInfo("Europe/Moscow")


def _known(one: Story, events: list[Said]) -> Known:
    known = Known(id=one.end.ticket.id)
    for said in events:
        known.hear(said.state, said.entry)
    return known


def _facts(one: Story, events: list[Said]) -> Facts | None:
    return facts_of(_known(one, events), ZONE)


@given(st.randoms(use_true_random=False))
def test_late_doubled_and_shuffled_events_change_nothing(rnd: random.Random) -> None:
    one = story(1, rnd)
    assert _facts(one, shuffled([one], rnd)) == _facts(one, one.events)


@given(st.randoms(use_true_random=False))
def test_a_ticket_told_as_a_whole_is_as_its_events_had_told_it(rnd: random.Random) -> None:
    one = story(1, rnd)
    events = shuffled([one], rnd)
    known = _known(one, events[: rnd.randrange(len(events))])
    known.hear_all(one.end)
    for said in events:
        known.hear(said.state, said.entry)
    assert facts_of(known, ZONE) == _facts(one, one.events)


@given(st.randoms(use_true_random=False))
def test_what_was_told_long_ago_is_overtaken_by_what_happened_since(rnd: random.Random) -> None:
    one = story(1, rnd)
    until = rnd.randrange(len(one.events))
    past = Story(one.events[: until + 1], one.end)
    known = Known(id=one.end.ticket.id)
    for said in one.events[until:]:
        known.hear(said.state, said.entry)
    before = _known(one, past.events)
    for said in shuffled([past], rnd):
        known.hear(said.state, said.entry)
    assert before.version <= known.version
    assert facts_of(known, ZONE) == _facts(one, one.events)


@given(st.randoms(use_true_random=False))
def test_minutes_are_those_of_the_log(rnd: random.Random) -> None:
    one = story(1, rnd)
    facts = _facts(one, shuffled([one], rnd))
    assert facts is not None
    assert facts.minutes == sum(work.minutes for work in one.end.work)
    assert facts.additional == sum(work.minutes for work in one.end.work if work.additional)
    assert sum(done.minutes for done in facts.work) == facts.minutes


@given(st.randoms(use_true_random=False))
def test_differences_lead_from_any_state_to_any_other(rnd: random.Random) -> None:
    one = story(1, rnd)
    before, after = contributions(_facts(one, one.events[:1])), contributions(_facts(one, one.events))
    reached = total_of([before, difference(after, before)])
    assert difference(reached, after) == difference(after, after)


@given(st.text(max_size=40))
def test_any_name_survives_being_a_key(text: str) -> None:
    key = as_key(text)
    assert from_key(key) == text
    assert not set(key) & set("$.|")
