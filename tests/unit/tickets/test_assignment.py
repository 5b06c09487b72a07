"""Who gets a new ticket: order of rules, load, absence, deputies, limits to companies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.assignment_http import AssignmentRule
from services.tickets.domain.assignment import Asked, Choice, Colleague, Rota, Rules, assign
from services.tickets.domain.plan import DEFAULT_PLAN
from tests.unit.tickets.samples import COMPANY, MONDAY, a_ticket

ANNA, BORIS, VERA = (new_id() for _ in range(3))
PRINT, NETWORK = new_id(), new_id()
LATER = MONDAY + timedelta(days=3)


def colleague(key: UUID, **fields: Any) -> Colleague:
    return Colleague(**{"id": key, "full_name": "Кто-то", "roles": ["specialist"], **fields})


def rule(kind: str, **fields: Any) -> AssignmentRule:
    return AssignmentRule.model_validate({"id": new_id(), "kind": kind, "name": kind, **fields})


BY_CATEGORY = rule("category", categories=[PRINT], staff=[ANNA, BORIS])
RULES = [rule("responsible"), BY_CATEGORY, rule("load")]


def chosen(
    rules: list[AssignmentRule],
    staff: list[Colleague],
    *,
    responsible: UUID | None = None,
    categories: tuple[UUID, ...] = (),
    loads: dict[UUID, int] | None = None,
) -> tuple[UUID, str] | None:
    rota = Rota(staff, loads or {}, MONDAY)
    found = rota.choose(Rules(items=rules), Asked(COMPANY.id, responsible, categories))
    return (found.colleague.id, found.rule.name) if found else None


ALL = [colleague(ANNA), colleague(BORIS), colleague(VERA)]


def test_the_first_rule_that_finds_somebody_decides() -> None:
    assert chosen(RULES, ALL, responsible=VERA, categories=(PRINT,)) == (VERA, "responsible")
    assert chosen(RULES, ALL, categories=(PRINT,), loads={ANNA: 2, BORIS: 1}) == (BORIS, "category")
    assert chosen(RULES, ALL, categories=(NETWORK,), loads={ANNA: 2, BORIS: 1}) == (VERA, "load")
    assert chosen(RULES[:2], ALL, categories=(NETWORK,)) is None


def test_a_rule_that_is_switched_off_is_passed_by() -> None:
    off = RULES[0].model_copy(update={"enabled": False})
    assert chosen([off, RULES[2]], [colleague(BORIS)], responsible=ANNA) == (BORIS, "load")


def test_who_is_away_is_stood_in_for_by_the_deputys_deputy() -> None:
    staff = [
        colleague(ANNA, away_until=LATER, deputy_id=BORIS),
        colleague(BORIS, away_until=LATER, deputy_id=VERA),
        colleague(VERA, roles=["dispatcher"]),
    ]
    assert chosen(RULES, staff, responsible=ANNA) == (VERA, "responsible")


@pytest.mark.parametrize("deputy", [None, ANNA, BORIS])
def test_where_deputies_lead_to_nobody_the_next_rule_is_asked(deputy: UUID | None) -> None:
    staff = [
        colleague(ANNA, away_until=LATER, deputy_id=deputy),
        colleague(BORIS, away_until=LATER, deputy_id=ANNA),
        colleague(VERA),
    ]
    assert chosen(RULES, staff, responsible=ANNA) == (VERA, "load")


def test_an_absence_that_is_over_counts_no_more() -> None:
    assert chosen(RULES, [colleague(ANNA, away_until=MONDAY, deputy_id=VERA)], responsible=ANNA) == (
        ANNA, "responsible",
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{"active": False}, {"companies": [new_id()]}])
def test_who_left_or_is_limited_to_others_gets_nothing(fields: dict[str, Any]) -> None:
    assert chosen(RULES, [colleague(ANNA, **fields)], responsible=ANNA, categories=(PRINT,)) is None


def test_the_log_tells_which_rule_it_was_and_the_event_that_the_system_did_it() -> None:
    ticket = a_ticket()
    assign(ticket, Choice(colleague(ANNA), BY_CATEGORY), MONDAY, DEFAULT_PLAN, new_id())
    assert ticket.entries[-1].text == "category"
    (event,) = ticket.take_events()
    assert (event.author.kind, event.changes[0].field) == ("system", "assignee")
    assert event.ticket.assignee is not None
    assert event.ticket.assignee.id == ANNA


@given(st.integers(1, 30))
def test_by_load_nobody_ever_has_two_more_than_another(tickets: int) -> None:
    loads = dict.fromkeys((ANNA, BORIS, VERA), 0)
    for _ in range(tickets):
        found = chosen([RULES[2]], ALL, loads=loads)
        assert found is not None
        loads[found[0]] += 1
        assert max(loads.values()) - min(loads.values()) <= 1


@given(tickets=st.integers(3, 30))
def test_among_equally_busy_ones_it_goes_round_though_all_is_solved_at_once(tickets: int) -> None:
    turns: dict[UUID, int] = {}
    given_to: list[UUID] = []
    for number in range(1, tickets + 1):
        found = Rota(ALL, {}, MONDAY).choose(
            Rules(items=[RULES[2]], turns=turns), Asked(COMPANY.id, None, ())
        )
        assert found is not None
        turns[found.colleague.id] = number
        given_to.append(found.colleague.id)
    for place in range(len(given_to) - 2):
        assert set(given_to[place : place + 3]) == {ANNA, BORIS, VERA}
