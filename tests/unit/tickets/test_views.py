"""Saved views: who sees and keeps them, what they ask, and in which order they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.people import StaffRef
from contracts.tickets import OPEN_STATUSES
from contracts.views_http import Arrangement, SharedWith, ViewFilters
from services.tickets.domain.category import CategoryTree
from services.tickets.domain.listing import number_in
from services.tickets.domain.view import View, arranged, home_of, wanted_of

OWNER = StaffRef(id=new_id(), full_name="Орлов Пётр")
SOMEBODY = new_id()
TREE = CategoryTree()


def view(*shared: SharedWith, name: str = "Сеть") -> View:
    return View(id=new_id(), name=name, filters=ViewFilters(), shared_with=shared, owner=OWNER)


def test_a_view_is_its_owners_until_it_is_shared() -> None:
    assert view().is_seen_by(OWNER.id, ["specialist"])
    assert not view().is_seen_by(SOMEBODY, ["admin"])
    assert view("all").is_seen_by(SOMEBODY, ["specialist"])
    assert view("dispatcher").is_seen_by(SOMEBODY, ["dispatcher", "specialist"])
    assert not view("dispatcher").is_seen_by(SOMEBODY, ["specialist"])


@pytest.mark.parametrize(
    ("shared", "role", "may"),
    [("all", "dispatcher", True), ("all", "specialist", False), ("manager", "dispatcher", False)],
)
def test_what_is_shared_is_kept_by_its_owner_and_by_those_who_keep_order(
    shared: SharedWith, role: str, may: bool
) -> None:
    assert view(shared).is_kept_by(OWNER.id, [])
    assert view(shared).is_kept_by(SOMEBODY, [role]) == may


def test_the_same_change_again_leaves_the_version() -> None:
    before = view()
    assert before.changed({"name": "Сеть"}) is before
    assert before.changed({"name": "Печать"}).version == before.version + 1


def test_a_shared_view_of_mine_is_everybodys_own() -> None:
    for filters in (ViewFilters(view="mine"), ViewFilters(assignee="me")):
        assert wanted_of(filters, SOMEBODY, None, TREE).assignee == SOMEBODY
    assert wanted_of(ViewFilters(view="mine", assignee="none"), SOMEBODY, None, TREE).assignee == "none"
    assert wanted_of(ViewFilters(), SOMEBODY, (OWNER.id,), TREE).companies == (OWNER.id,)
    assert wanted_of(ViewFilters(), SOMEBODY, None, TREE).statuses == OPEN_STATUSES


@given(st.permutations(range(6)), st.integers(0, 6))
def test_views_stand_as_arranged_and_new_ones_after_them_by_name(order: list[int], named: int) -> None:
    views = [view(name=f"Вид {place}") for place in range(6)]
    stood = arranged(views, [views[place].id for place in order[:named]])
    rest = sorted(order[named:])
    assert [one.name for one in stood] == [f"Вид {place}" for place in [*order[:named], *rest]]


def test_a_view_that_is_gone_is_nobodys_home() -> None:
    kept = view()
    assert home_of(Arrangement(order=[], home=kept.id), [kept]) == kept.id
    assert home_of(Arrangement(order=[], home=kept.id), []) == "open"
    assert home_of(Arrangement(order=[], home="mine"), []) == "mine"


@pytest.mark.parametrize(
    ("typed", "number"), [("№ 10412", 10412), ("#7", 7), ("7а", None), ("", None), ("9" * 30, None)]
)
def test_a_number_is_read_as_people_write_it(typed: str, number: int | None) -> None:
    assert number_in(typed) == number
