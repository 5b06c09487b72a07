"""Saved views on the list: their links, when they may be brought up to date, and how they are moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gateway.web.filters import Filters, read_filters
from gateway.web.list_page import render_list
from gateway.web.own_views import OwnView, OwnViews, is_changed
from gateway.web.saved_views import moved
from tests.unit.web.samples import HOSTILE, elements, ticket
from tests.unit.web.test_tickets_pages import VIEWER

ID = "0198b0c0-0000-7000-8000-0000000000aa"
FILTERS = Filters(view="open", priority="high", sort="due", saved=ID)
URGENT = OwnView(ID, "Срочные", FILTERS, ("all",), "Орлов Дмитрий Петрович", may_change=True, version=3)


def shown(filters: Filters, view: OwnView = URGENT) -> str:
    found = {"items": [ticket()], "next": None}
    return render_list(VIEWER, filters, found, [], own=OwnViews((view,)))


def test_a_saved_view_is_an_address_like_any_other() -> None:
    assert f'href="/tickets?view=open&amp;priority=high&amp;sort=due&amp;saved={ID}"' in shown(Filters())
    assert read_filters(dict(pair.split("=") for pair in FILTERS.query.split("&"))) == FILTERS


def test_an_address_from_before_there_were_next_deadlines_still_goes_by_the_clock() -> None:
    assert read_filters({"sort": "resolution_due"}).sort == "due"


def test_what_was_narrowed_otherwise_can_be_kept_by_whoever_may() -> None:
    assert not is_changed(OwnViews((URGENT,)), FILTERS)
    assert "Обновить «Срочные»" not in shown(FILTERS)
    narrowed = replace(FILTERS, assignee="me")
    assert is_changed(OwnViews((URGENT,)), narrowed)
    assert "Обновить «Срочные»" in shown(narrowed)
    assert "Обновить «Срочные»" not in shown(narrowed, replace(URGENT, may_change=False))


def test_a_view_that_is_gone_leaves_its_filters() -> None:
    html = render_list(VIEWER, FILTERS, {"items": [ticket()], "next": None}, [], own=OwnViews())
    assert "Сохранить как вид" in html


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_shown_and_does_nothing(text: str) -> None:
    hostile = elements(shown(FILTERS, replace(URGENT, name=text)))
    plain = elements(shown(FILTERS, replace(URGENT, name="plain")))
    assert hostile.tags == plain.tags


def test_the_list_begins_with_the_home_view() -> None:
    assert OwnViews((URGENT,), ID).home_href == URGENT.href
    assert OwnViews((URGENT,), "mine").home_href == "/tickets?view=mine"
    assert OwnViews((URGENT,), "open").home_href == ""
    assert OwnViews((), ID).home_href == ""


@pytest.mark.parametrize(
    ("move", "order"),
    [("up:b", "bac"), ("down:b", "acb"), ("up:a", "abc"), ("down:c", "abc"), ("up:x", "abc"), ("", "abc")],
)
def test_a_view_is_moved_one_place(move: str, order: str) -> None:
    assert "".join(moved(["a", "b", "c"], move)) == order
