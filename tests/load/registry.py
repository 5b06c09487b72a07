"""The registry of a large outsourcer, written past the services: 30 people and 100 pieces a company."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from chassis.clock import new_id, now
from chassis.mongo import connect, database
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.company import Company
from services.clients.domain.contract import Contract
from services.clients.domain.credential import Credential
from services.clients.domain.equipment import Equipment
from services.clients.domain.licence import Licence
from services.clients.domain.person import Person
from services.clients.domain.vault.master_keys import MasterKeys
from services.clients.store import Registry
from services.clients.store.aggregates import Aggregates
from tests.load.world import Client

_PEOPLE, _PIECES, _CREDENTIALS, _LICENCES = 30, 100, 10, 6
_BATCH = 2_000
_SURNAMES = ("Ковалёв", "Белов", "Громов", "Тарасов", "Лапин", "Зимин", "Панов", "Юдин", "Киреев", "Шубин")
_NAMES = ("Иван", "Пётр", "Анна", "Мария", "Сергей", "Ольга", "Дмитрий", "Елена", "Николай", "Татьяна")
_KINDS = (("workstation", "ПК"), ("printer", "Принтер"), ("server", "Сервер"), ("switch", "Коммутатор"))
_SOFTWARE = ("Антивирус", "Офис", "САПР", "Бухгалтерия", "Архиватор", "Сервер терминалов")
AggregateT = TypeVar("AggregateT", bound=Aggregate)


async def load_registry(url: str, master_keys: str, clients: Sequence[Client], more: int) -> list[UUID]:
    """Everything of the companies there are, and of so many more; returns the ids of the latter."""
    client = connect(url)
    try:
        registry = Registry(client, database(client, "clients"), masters=MasterKeys.read(master_keys))
        chance = random.Random(7)
        companies = [
            _made(Company, name=f"ООО «Компания {n:04}»", tax_id=f"{7_800_000_000 + n}") for n in range(more)
        ]
        await _keep(registry, registry.companies, companies)
        known = {one.company.id: one.person.id for one in clients}
        for company_id in [*known, *(company.id for company in companies)]:
            await _fill(registry, company_id, chance, has_people=company_id not in known)
        return [company.id for company in companies]
    finally:
        await client.close()


async def _fill(registry: Registry, company_id: UUID, chance: random.Random, *, has_people: bool) -> None:
    people = list(_people(company_id, chance)) if has_people else []
    pieces = list(_pieces(company_id, people, chance))
    await _keep(registry, registry.people, people)
    await _keep(registry, registry.equipment, pieces)
    await _keep(registry, registry.credentials, await _credentials(registry, company_id, pieces))
    licences = [
        _made(Licence, company_id=company_id, product=name, seats=20) for name in _SOFTWARE[:_LICENCES]
    ]
    await _keep(registry, registry.licences, licences)
    first = now().date() - timedelta(days=100)
    await _keep(
        registry,
        registry.contracts,
        [_made(Contract, company_id=company_id, number="1", valid_from=first, included_minutes=2400)],
    )


def _people(company_id: UUID, chance: random.Random) -> Iterator[Person]:
    for n in range(_PEOPLE):
        name = f"{chance.choice(_SURNAMES)} {chance.choice(_NAMES)} {chance.randint(1, 9999)}"
        email, phone = f"u{n}@c{company_id.hex[-8:]}.example", f"+7 9{chance.randrange(10**9):09}"
        yield _made(Person, company_id=company_id, full_name=name, email=email, phone=phone)


def _pieces(company_id: UUID, people: Sequence[Person], chance: random.Random) -> Iterator[Equipment]:
    for n in range(_PIECES):
        kind, name = _KINDS[0] if n % 4 else _KINDS[n // 4 % len(_KINDS)]
        yield _made(
            Equipment,
            company_id=company_id,
            kind=kind,
            name=f"{name} {n}",
            hostname=f"pc-{chance.randrange(10**6):06}",
            serial=f"SN{chance.randrange(10**8):08}",
            addresses=[f"10.{chance.randrange(250)}.{chance.randrange(250)}.{n + 1}"],
            person_id=people[n % len(people)].id if people and kind == "workstation" else None,
        )


async def _credentials(registry: Registry, company_id: UUID, pieces: Sequence[Equipment]) -> list[Credential]:
    key, at = await registry.keys.of(company_id), now()
    made = [
        _made(Credential, company_id=company_id, label=f"Вход {n}", equipment_id=pieces[n].id)
        for n in range(_CREDENTIALS)
    ]
    for credential in made:
        credential.reseal(key, {"login": "admin", "secret": f"тайна {credential.id}"}, at)
    return made


def _made(what: type[AggregateT], /, **fields: Any) -> AggregateT:
    at = now()
    return what.model_validate({"id": new_id(), "version": 1, "created_at": at, "updated_at": at, **fields})


async def _keep(registry: Registry, store: Aggregates[AggregateT], things: Iterable[AggregateT]) -> None:
    documents = [{"_id": it.id, **it.model_dump(exclude={"id"}), **store.derived(it)} for it in things]
    for at in range(0, len(documents), _BATCH):
        await store.collection.insert_many(documents[at : at + _BATCH], ordered=False)
    words = sorted({word for document in documents for word in document["search"]})
    for at in range(0, len(words), _BATCH):
        await registry.words.learn(words[at : at + _BATCH])
