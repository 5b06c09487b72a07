"""Changing several tickets from the list: what the form says, and what is told of each."""

from __future__ import annotations

from starlette.datastructures import FormData

from gateway.web.bulk_views import Outcome, change_of, numbers_of
from gateway.web.filters import Filters
from gateway.web.list_page import render_list
from tests.unit.web.samples import ticket
from tests.unit.web.test_tickets_pages import VIEWER


def test_only_what_was_chosen_is_changed() -> None:
    form = FormData([("priority", "high"), ("give", ""), ("category", " "), ("status", ""), ("number", "1")])
    assert change_of(form) == {"priority": "high"}


def test_the_button_for_me_goes_before_the_choice_of_somebody() -> None:
    assert change_of(FormData([("give", "she"), ("assignee", "me")])) == {"assignee": "me"}
    assert change_of(FormData([("give", "none")])) == {"assignee": None}


def test_what_is_no_number_was_not_ticked() -> None:
    ticked = ["7", "0", "-1", "x", "9" * 40, "٣", "8"]
    assert numbers_of(FormData([("number", one) for one in ticked])) == [7, 8]


def test_each_row_can_be_selected_and_those_not_changed_are_named() -> None:
    outcome = Outcome(2, [{"number": 10412, "why": "почему"}])
    html = render_list(VIEWER, Filters(), {"items": [ticket()], "next": None}, [], outcome=outcome)
    assert 'form="bulk" name="number" value="10412"' in html
    assert "Изменены 2 заявки, 1 нет:" in html
    assert 'data-failed="10412"' in html


def test_the_order_is_in_the_address_and_turned_by_the_heads_of_the_columns() -> None:
    html = render_list(VIEWER, Filters(category="Сеть"), {"items": [ticket()], "next": None}, [])
    assert "sort=due" in html
    by_clock = render_list(VIEWER, Filters(sort="due"), {"items": [ticket()], "next": None}, [])
    assert 'aria-sort="ascending"' in by_clock
