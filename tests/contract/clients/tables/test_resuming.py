"""An import that is cut off goes on, and makes each row once; many rows go through."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from chassis.clock import new_id, now
from chassis.principal import Principal
from contracts.envelope import Event
from contracts.import_http import TableKind
from services.clients.domain.company import Company
from services.clients.domain.creation import Creation
from services.clients.domain.person import Person
from services.clients.domain.tables.table_import import Row, TableImport
from services.clients.store import Registry
from services.clients.use_cases.tables.go_through import go_through_some
from services.clients.use_cases.tables.import_table import apply_import, begin_import, settle_matching

_STAFF = Principal(kind="staff", id=new_id(), full_name="Импорт", roles=("admin",))
_ROWS = 250


class _CutOff(BaseException):
    """Not an Exception: like a kill, nobody handles it."""


@pytest.fixture
async def company(registry: Registry) -> Company:
    company = Company(id=new_id(), name="ООО «Много строк»", created_at=now(), updated_at=now())
    await registry.companies.add(company, company.take_events())
    return company


async def _previewed(registry: Registry, rows: int) -> TableImport:
    lines = [f"Человек {number};ООО «Много строк»;p{number}@many.example\n" for number in range(rows)]
    content = "".join(["ФИО;Компания;Почта\n", *lines]).encode()
    job = await begin_import(registry, "people", "a.csv", content, _STAFF, None, now())
    await settle_matching(registry, job.id, job.matching, _STAFF, now())
    return await _to_the_end(registry, job)


async def _to_the_end(registry: Registry, job: TableImport) -> TableImport:
    while await go_through_some(registry, now()):
        pass
    return await registry.imports.get(job.id)


async def _assert_each_is_there_once(registry: Registry, rows: int) -> None:
    kept = await registry.people.collection.find({}, {"email": 1, "version": 1, "outbox": 1}).to_list()
    assert sorted(person["email"] for person in kept) == sorted(
        f"p{number}@many.example" for number in range(rows)
    )
    assert {(person["version"], len(person["outbox"])) for person in kept} == {(1, 1)}


@pytest.mark.parametrize("cut_after", [0, 1, 37, 100, 199, 249])
async def test_applying_goes_on_where_it_was_cut_off(
    registry: Registry, company: Company, monkeypatch: pytest.MonkeyPatch, cut_after: int
) -> None:
    job = await _previewed(registry, _ROWS)
    await apply_import(registry, job.id, _STAFF, now())
    add, added = registry.people.add, 0

    async def add_some(person: Person, events: Sequence[Event], creation: Creation | None = None) -> None:
        nonlocal added
        if added == cut_after:
            raise _CutOff
        added += 1
        await add(person, events, creation)

    monkeypatch.setattr(registry.people, "add", add_some)
    with pytest.raises(_CutOff):
        await _to_the_end(registry, job)
    monkeypatch.undo()
    done = await _to_the_end(registry, job)
    assert (done.state, done.done_rows, done.counts.create, done.counts.error) == ("done", _ROWS, _ROWS, 0)
    await _assert_each_is_there_once(registry, _ROWS)


async def test_rows_that_were_made_but_not_noted_are_not_made_again(
    registry: Registry, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await _previewed(registry, _ROWS)
    await apply_import(registry, job.id, _STAFF, now())

    async def cut_off(_rows: Sequence[Row]) -> None:
        raise _CutOff

    monkeypatch.setattr(registry.imports, "keep", cut_off)
    with pytest.raises(_CutOff):
        await go_through_some(registry, now())
    monkeypatch.undo()
    done = await _to_the_end(registry, job)
    assert (done.counts.create, done.counts.error) == (_ROWS, 0)
    await _assert_each_is_there_once(registry, _ROWS)


@pytest.mark.parametrize(
    ("what", "content"),
    [
        (
            "licences",
            "Продукт;Компания\n{}\n".format("\n".join(f"П{n};ООО «Много строк»" for n in range(9))),
        ),
        (
            "credentials",
            "Для чего;Компания;Пароль\n{}\n".format(
                "\n".join(f"Д{n};ООО «Много строк»;тайна{n}" for n in range(9))
            ),
        ),
        (
            "contracts",
            "Номер;Компания;Действует с;Действует по\n{}\n".format(
                "\n".join(f"{n};ООО «Много строк»;01.01.{2001 + n};31.12.{2001 + n}" for n in range(9))
            ),
        ),
    ],
)
async def test_what_was_written_and_not_noted_is_known_again(
    registry: Registry, company: Company, monkeypatch: pytest.MonkeyPatch, what: TableKind, content: str
) -> None:
    job = await begin_import(registry, what, "a.csv", content.encode(), _STAFF, None, now())
    await settle_matching(registry, job.id, job.matching, _STAFF, now())
    await _to_the_end(registry, job)
    await apply_import(registry, job.id, _STAFF, now())

    async def cut_off(_rows: Sequence[Row]) -> None:
        raise _CutOff

    monkeypatch.setattr(registry.imports, "keep", cut_off)
    with pytest.raises(_CutOff):
        await go_through_some(registry, now())
    monkeypatch.undo()
    done = await _to_the_end(registry, job)
    assert (done.state, done.counts.create, done.counts.error) == ("done", 9, 0)


async def test_looking_at_the_rows_goes_on_as_well(
    registry: Registry, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, kept = registry.imports.keep, 0

    async def keep_some(rows: Sequence[Row]) -> None:
        nonlocal kept
        if kept == 2:
            raise _CutOff
        kept += 1
        await keep(rows)

    monkeypatch.setattr(registry.imports, "keep", keep_some)
    with pytest.raises(_CutOff):
        await _previewed(registry, _ROWS)
    monkeypatch.undo()
    job = await registry.imports.at_work()
    assert job is not None
    job = await _to_the_end(registry, job)
    assert (job.state, job.counts.create) == ("checked", _ROWS)


async def test_several_at_once_make_each_row_once(registry: Registry, company: Company) -> None:
    job = await _previewed(registry, _ROWS)
    await apply_import(registry, job.id, _STAFF, now())
    await asyncio.gather(*(_to_the_end(registry, job) for _ in range(3)))
    done = await registry.imports.get(job.id)
    assert (done.state, done.counts.create, done.counts.error) == ("done", _ROWS, 0)
    await _assert_each_is_there_once(registry, _ROWS)


async def test_our_own_mistake_in_a_row_does_not_stop_the_others(
    registry: Registry, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await _previewed(registry, 10)
    await apply_import(registry, job.id, _STAFF, now())
    add = registry.people.add

    async def add_most(person: Person, *rest: Any) -> None:
        if person.email == "p3@many.example":
            raise ZeroDivisionError
        await add(person, *rest)

    monkeypatch.setattr(registry.people, "add", add_most)
    done = await _to_the_end(registry, job)
    assert (done.state, done.counts.create, done.counts.error) == ("done", 9, 1)


async def test_many_rows_go_through(registry: Registry, company: Company, is_long: bool) -> None:
    rows = 10_000 if is_long else 1_000
    job = await _previewed(registry, rows)
    assert job.counts.create == rows
    await apply_import(registry, job.id, _STAFF, now())
    done = await _to_the_end(registry, job)
    assert (done.state, done.done_rows, done.counts.create) == ("done", rows, rows)
    assert await registry.people.collection.count_documents({"company_id": company.id}) == rows
