"""Answer templates: their fields, and whose they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.people import PersonRef, StaffRef
from services.tickets.domain.errors import RuleError
from services.tickets.domain.template import FIELDS, Filling, Template, address_of, check_fields, filled
from tests.unit.tickets.samples import COMPANY, PERSON

FILLING = Filling(number=7, title="Не печатает", person=PERSON, company=COMPANY, staff="Орлов Пётр")


def test_fields_are_filled_from_the_ticket() -> None:
    text = "{person.name}, ваша заявка № { ticket.number } принята. {staff.full_name}, {company.name}"
    assert filled(text, FILLING) == "Мария Петровна, ваша заявка № 7 принята. Орлов Пётр, ООО «Ромашка»"


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_that_is_offered_is_known_and_filled(field: str) -> None:
    check_fields(f"{{{field}}}")
    assert filled(f"{{{field}}}", FILLING) == FILLING.values()[field]


@pytest.mark.parametrize("text", ["{person.phone}", "{x}", "{ticket.number.__class__}", "{staff.__init__}"])
def test_an_unknown_field_is_refused_when_it_is_written(text: str) -> None:
    with pytest.raises(RuleError, match="there is no field"):
        check_fields(f"Здравствуйте, {text}!")


def test_what_a_value_says_in_braces_is_text() -> None:
    person = PersonRef(id=new_id(), full_name="{staff.full_name}")
    assert filled("{person.full_name}", FILLING.model_copy(update={"person": person})) == "{staff.full_name}"


@given(st.text())
def test_any_text_is_either_refused_or_filled(text: str) -> None:
    try:
        check_fields(text)
    except RuleError:
        return
    assert "{person.full_name}" not in filled(text + "{person.full_name}", FILLING)


def test_names_in_another_order_stay_whole() -> None:
    assert address_of("Иванова Мария Петровна") == "Мария Петровна"
    assert address_of("Anna Smith") == "Anna Smith"


def test_what_is_shared_is_looked_after_by_dispatchers_too() -> None:
    owner = StaffRef(id=new_id(), full_name="Орлов")
    own = Template(id=new_id(), name="x", text="x", shared=False, owner=owner)
    shared, other = own.model_copy(update={"shared": True}), new_id()
    assert own.is_seen_by(owner.id)
    assert not own.is_seen_by(other)
    assert shared.is_seen_by(other)
    assert not shared.is_kept_by(other, ["specialist"])
    assert shared.is_kept_by(other, ["dispatcher"])
    assert not own.is_kept_by(other, ["admin"])
