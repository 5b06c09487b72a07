"""What a device knows, in whatever order it is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.clients import DeviceEnrolled, DeviceEvent, DeviceRevoked
from contracts.clients_http import Claim
from services.clients.domain.company import Company
from services.clients.domain.device import Device, enrol
from services.clients.domain.errors import RuleError
from services.clients.domain.person import Person

_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _company(version: int = 1, **fields: object) -> Company:
    said = {"id": _COMPANY, "name": f"Имя {version}", "version": version}
    return Company.model_validate({**said, "created_at": _AT, "updated_at": _AT, **fields})


def _person(version: int = 1, **fields: object) -> Person:
    said = {"id": _PERSON, "company_id": _COMPANY, "full_name": f"Человек {version}", "version": version}
    return Person.model_validate({**said, "created_at": _AT, "updated_at": _AT, **fields})


_COMPANY, _PERSON = new_id(), new_id()


def _enrolled(*, confirmed: bool = True, person: Person | None = None) -> Device:
    device = enrol(
        _company(),
        person or _person(),
        device_id=new_id(),
        hostname="pc",
        claimed=Claim(full_name="Человек", phone="112"),
        token_hash="00",
        token_seed=b"seed",
        confirmed=confirmed,
        at=_AT,
    )
    device.take_events()
    return device


def _said(device: Device) -> DeviceEvent:
    (event,) = device.take_events()
    assert isinstance(event, DeviceEvent)
    return event


@given(st.permutations([(c, p) for c in range(1, 5) for p in range(1, 5)]))
def test_the_newest_word_stays_in_whatever_order_it_comes(order: list[tuple[int, int]]) -> None:
    device = _enrolled()
    for company, person in order:
        device.learn(_company(company), _person(person), _AT)
    assert (device.company.name, device.person.full_name) == ("Имя 4", "Человек 4")


def test_old_news_is_no_change() -> None:
    device = _enrolled()
    device.learn(_company(3), _person(3), _AT)
    device.take_events()
    device.learn(_company(2), _person(3), _AT)
    assert device.take_events() == []


def test_a_manager_has_no_rights_on_a_device_that_is_not_confirmed() -> None:
    device = _enrolled(confirmed=False, person=_person(is_manager=True))
    device.learn(_company(2), _person(is_manager=True), _AT)
    assert not _said(device).is_manager
    device.confirm(_AT)
    assert _said(device).is_manager


@pytest.mark.parametrize("archived", ["company", "person"])
def test_a_suspended_device_is_announced_as_revoked_and_comes_back(archived: str) -> None:
    device = _enrolled()
    gone_company = _company(2, archived=archived == "company")
    gone_person = _person(2, archived=archived == "person")
    device.learn(gone_company, gone_person, _AT)
    gone = _said(device)
    assert isinstance(gone, DeviceRevoked)
    assert gone.revoked
    device.learn(_company(3), _person(3), _AT)
    back = _said(device)
    assert isinstance(back, DeviceEnrolled)
    assert not back.revoked


def test_a_revoked_device_stays_revoked_whatever_it_learns() -> None:
    device = _enrolled()
    device.revoke(_AT)
    device.learn(_company(2), _person(2), _AT)
    assert isinstance(_said(device), DeviceRevoked)
    assert device.token_seed is None
    with pytest.raises(RuleError):
        device.confirm(_AT)


def test_confirming_twice_is_announced_once() -> None:
    device = _enrolled(confirmed=False)
    device.confirm(_AT)
    assert len(device.take_events()) == 1
    device.confirm(_AT)
    assert device.take_events() == []


def test_no_event_carries_a_token_or_its_seed() -> None:
    device = _enrolled()
    device.confirm(_AT)
    assert not {"token", "token_seed"} & set(device.event().model_dump())
