"""Telling devices what changed, cut off and done by several at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from chassis.clock import new_id, now
from contracts.clients_http import NewDevice
from contracts.envelope import Event
from services.clients.domain.code import Code
from services.clients.domain.company import Company
from services.clients.domain.device import Device
from services.clients.store import Registry
from services.clients.use_cases.enrol_device import enrol_device
from services.clients.use_cases.tell_devices import tell_devices
from tests.contract.clients.service import enrolment

_DEVICES = 120


@pytest.fixture
async def renamed(registry: Registry) -> Company:
    """A company with devices that do not know its new name yet."""
    company = Company(id=new_id(), name="Прежнее имя", created_at=now(), updated_at=now())
    await registry.companies.add(company, company.take_events())
    code = Code(key="CODE", code="CODE", company_id=company.id, created_at=now(), created_by=new_id())
    await registry.codes.add(code)
    for _ in range(_DEVICES):
        await enrol_device(registry, NewDevice(**enrolment("CODE")), None, now())
    company.change({"name": "Новое имя"}, now())
    await registry.companies.save(company, company.take_events())
    return company


class _CutOff(Exception):  # noqa: N818 - a power cut is no error
    pass


async def test_telling_goes_on_where_it_was_cut_off(
    registry: Registry, renamed: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, saved = registry.devices.save, 0

    async def save_some(device: Device, events: Sequence[Event]) -> None:
        nonlocal saved
        if saved == _DEVICES // 2:
            raise _CutOff
        saved += 1
        await save(device, events)

    monkeypatch.setattr(registry.devices, "save", save_some)
    with pytest.raises(_CutOff):
        await tell_devices(registry, now())
    monkeypatch.undo()
    assert await tell_devices(registry, now()) == 1
    assert await tell_devices(registry, now()) == 0
    await _assert_all_were_told_once(registry, "Новое имя")


async def test_several_at_once_tell_each_device_once(registry: Registry, renamed: Company) -> None:
    await asyncio.gather(*(tell_devices(registry, now()) for _ in range(4)))
    while await registry.companies.behind():
        await tell_devices(registry, now())
    await _assert_all_were_told_once(registry, "Новое имя")


async def test_a_change_while_telling_is_told_as_well(
    registry: Registry, renamed: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_company = registry.devices.of_company

    async def of_company_renamed_again(*whose: object) -> list[Device]:
        company = await registry.companies.get(renamed.id)
        company.change({"name": "Новейшее имя"}, now())
        if events := company.take_events():
            await registry.companies.save(company, events)
        return await of_company(*whose)  # type: ignore[arg-type]

    monkeypatch.setattr(registry.devices, "of_company", of_company_renamed_again)
    while await registry.companies.behind():
        await tell_devices(registry, now())
    names = await registry.devices.collection.distinct("company.name")
    assert names == ["Новейшее имя"]


async def _assert_all_were_told_once(registry: Registry, name: str) -> None:
    kept = await registry.devices.collection.find({}).to_list()
    assert len(kept) == _DEVICES
    assert {document["company"]["name"] for document in kept} == {name}
    assert {document["version"] for document in kept} == {2}
    assert {len(document["outbox"]) for document in kept} == {2}
