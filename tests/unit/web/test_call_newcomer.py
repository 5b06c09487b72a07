"""Somebody calls whom nobody knows: what was searched for is what is known of them."""

from __future__ import annotations

import pytest

from gateway.web.call_newcomer import Newcomer, newcomer_of
from gateway.web.rendering import render
from tests.unit.web.samples import HOSTILE, elements


@pytest.mark.parametrize(
    ("who", "known"),
    [
        ("Небывалый Тарас", Newcomer(name="Небывалый Тарас")),
        ("+7 (900) 555-66-77", Newcomer(phone="+7 (900) 555-66-77")),
        ("5556677", Newcomer(phone="5556677")),
        ("t.nebyvaly@example.ru", Newcomer(name="t.nebyvaly@example.ru")),
    ],
)
def test_a_number_is_a_phone_and_all_else_a_name(who: str, known: Newcomer) -> None:
    assert newcomer_of({}, who) == known


def test_what_was_typed_goes_before_what_was_searched_for() -> None:
    typed = {"new_name": " Небывалый Т. Ф. ", "new_company": "Ромашка", "new_phone": ""}
    assert newcomer_of(typed, "Небывалый") == Newcomer("Небывалый Т. Ф.", "Ромашка", "")


def test_with_nobody_found_the_newcomer_is_chosen_already() -> None:
    shown = render(
        "people.html", "ru", people=[], who="Небывалый", chosen="", newcomer=Newcomer(name="Небывалый")
    )
    assert 'value="new" required checked' in shown
    known = {"id": "7", "full_name": "Небылица", "company_name": "Ромашка", "position": "", "phone": ""}
    found = render("people.html", "ru", people=[known], who="Неб", chosen="", newcomer=Newcomer(name="Неб"))
    assert 'value="7" required checked' in found
    assert 'value="new" required checked' not in found


@pytest.mark.parametrize("said", HOSTILE)
def test_what_is_searched_for_is_shown_as_it_was_typed(said: str) -> None:
    shown = elements(
        render("people.html", "ru", people=[], who=said, chosen="", newcomer=Newcomer(name=said))
    )
    assert not {"script", "img"} & set(shown.tags)
    assert not any(name.startswith("on") for name in shown.attributes)
