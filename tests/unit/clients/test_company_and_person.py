"""Versions and announcements of companies and people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.clients import CompanySaved, PersonSaved
from services.clients.domain.company import Company
from services.clients.domain.person import Person

_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_company(**fields: object) -> Company:
    return Company.model_validate(
        {"id": new_id(), "name": "ООО «Проба»", "created_at": _AT, "updated_at": _AT, **fields}
    )


def a_person(**fields: object) -> Person:
    said = {"id": new_id(), "company_id": new_id(), "full_name": "Пробный Пётр"}
    return Person.model_validate({**said, "created_at": _AT, "updated_at": _AT, **fields})


def test_a_new_company_is_announced_as_version_one() -> None:
    company = a_company()
    (event,) = company.take_events()
    assert isinstance(event, CompanySaved)
    assert (event.version, company.version) == (1, 1)
    assert company.take_events() == []


def test_several_changes_before_saving_are_one_version() -> None:
    company = a_company(version=4)
    company.change({"name": "Иначе"}, _AT)
    company.change({"notes": "и ещё"}, _AT)
    (event,) = company.take_events()
    assert isinstance(event, CompanySaved)
    assert (event.version, event.name) == (5, "Иначе")


def test_only_what_devices_know_of_a_company_must_be_told_them() -> None:
    quiet, loud = a_company(version=1), a_company(version=1)
    quiet.change({"notes": "x", "tax_id": "1", "short_name": "y"}, _AT)
    loud.change({"screenshots_allowed": False}, _AT)
    assert (quiet.devices_behind, loud.devices_behind) == (None, 2)
    loud.take_events()
    assert loud.devices_behind == loud.version


def test_only_what_devices_know_of_a_person_must_be_told_them() -> None:
    quiet, loud = a_person(version=1), a_person(version=1)
    quiet.change({"phone": "112", "email": "a@b.example", "position": "x"}, _AT)
    loud.change({"is_manager": True}, _AT)
    assert (quiet.devices_behind, loud.devices_behind) == (None, 2)


def test_time_does_not_run_backwards_when_clocks_differ() -> None:
    company = a_company(version=1)
    company.change({"notes": "x"}, _AT - timedelta(hours=1))
    assert company.updated_at == _AT


@given(st.sampled_from(["Anna@Mail.example", "ANNA@MAIL.EXAMPLE", " anna@mail.example"]))
def test_a_person_is_recognised_by_the_address_in_any_case(email: str) -> None:
    assert a_person(email=email).recognised_by == "anna@mail.example"


def test_who_left_or_has_no_address_is_not_recognised() -> None:
    assert a_person(email="").recognised_by is None
    assert a_person(email="a@b.example", archived=True).recognised_by is None


def test_a_person_is_announced_with_all_that_others_keep() -> None:
    person = a_person(email="a@b.example", phone="112", position="сторож", is_manager=True)
    (event,) = person.take_events()
    assert isinstance(event, PersonSaved)
    assert event.subject == str(person.id)
    assert event.model_dump(exclude={"version"}) == person.model_dump(
        exclude={"version", "created_at", "updated_at", "devices_behind"}
    )
