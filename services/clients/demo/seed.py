"""The demo's companies, with all that is theirs."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import now
from services.clients.demo.client import Client
from services.clients.demo.credentials import credentials_of
from services.clients.demo.equipment import equipment_of
from services.clients.demo.papers import contracts_of, licences_of
from services.clients.demo.people import PEOPLE
from services.clients.demo.town import town
from services.clients.domain.code import Code, code_key
from services.clients.domain.company import Company
from services.clients.domain.errors import NotInRegistryError
from services.clients.domain.person import Person
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.term import day_of

# The time part of the demo's ids (2026-01-01): the same ids on every machine.
_EPOCH_MILLISECONDS = 1_767_225_600_000
_ZONE = ZoneInfo("Europe/Moscow")
_MANY_LETTERS = ("zh", "kh", "ts", "ch", "sh", "sch", "", "", "yu", "ya")
_LATIN = {
    **dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)),
    **dict(zip("жхцчшщъьюя", _MANY_LETTERS, strict=True)),
}


_CLIENTS = (
    Client(
        "ООО «Северный ветер Логистика»",
        "Северный ветер",
        "7801000012",
        "DEMO",
        "sevveter.example",
        "+7 (812) 010-24",
        "Склад на Софийской работает круглосуточно. Пропуск на склад заказывать за день: охрана, доб. 100.",
    ),
    Client(
        "АО «Приволжский кирпичный завод»",
        "ПКЗ",
        "5260000026",
        "PKZ-2026",
        "pkz.example",
        "+7 (831) 010-31",
        "Сервер 1С в старом корпусе, второй этаж. В цех — только в каске.",
    ),
    Client(
        "ООО «Стоматология „Белый парус“»",
        "Белый парус",
        "7706000037",
        "PARUS-26",
        "belparus.example",
        "+7 (495) 010-45",
        "Персональные данные пациентов: снимки экрана выключены по просьбе главврача.",
        screenshots_allowed=False,
    ),
    Client(
        "ООО «Агрокомплекс „Заречье“»",
        "Заречье",
        "3661000044",
        "ZARECHE",
        "zareche.example",
        "+7 (473) 010-52",
        "Ферма и контора связаны радиомостом; в грозу связь пропадает.",
    ),
    Client(
        "ИП Мельникова Ольга Сергеевна (сеть пекарен «Колос»)",
        "Пекарни «Колос»",
        "634500000040",
        "KOLOS-63",
        "kolos.example",
        "+7 (846) 010-67",
        "Кассы открываются в 6:30, всё важное — до этого времени.",
    ),
    Client(
        "ООО «Проектное бюро „Меридиан“»",
        "Меридиан",
        "6670000078",
        "MERIDIAN",
        "meridian.example",
        "+7 (343) 010-74",
        "Рабочие станции с лицензиями САПР, лицензионный ключ в сервере srv-cad.",
    ),
    Client(
        "Нотариальная контора Гусева А. В.",
        "Нотариус Гусев",
        "540200000085",
        "NOTARY-54",
        "gusev-notary.example",
        "+7 (383) 010-88",
        "К ЕИС подключается только по токену; удалённо — с разрешения нотариуса.",
    ),
    Client(
        "АНО «Частная школа „Ступени“»",
        "Школа «Ступени»",
        "7728000094",
        "STUPENI",
        "stupeni.example",
        "+7 (495) 010-93",
        "Два компьютерных класса. Во время уроков (9:00–14:30) классы не трогать.",
    ),
)


async def seed_demo(registry: RegistryStorage, zone: ZoneInfo = _ZONE, *, is_large: bool = False) -> None:
    """Nothing where there are companies of somebody else's. `is_large`: the rest of the town, too.

    Company by company, each all or nothing: on a machine that is busy all of them would be too much for one
    transaction. Whatever is cut off goes on at the next start.
    """
    at = now()
    today = day_of(at, zone)
    clients = [*((client, PEOPLE[client.code]) for client in _CLIENTS), *(town() if is_large else ())]
    known = await registry.companies.references(_demo_id(client.code) for client, _ in clients)
    if not known and not await registry.companies.is_empty():
        return
    for client, people in clients:
        if _demo_id(client.code) not in known:
            await _add_whole(registry, client, people, today, at)


async def _add_whole(
    registry: RegistryStorage, client: Client, employees: str, today: date, at: datetime
) -> None:
    async def fill(inside: RegistryStorage) -> None:
        with contextlib.suppress(NotInRegistryError):
            # Another replica was first.
            await inside.companies.get(_demo_id(client.code))
            return
        await _add(inside, client, employees, today, at)

    await registry.in_transaction(fill)


async def _add(registry: RegistryStorage, client: Client, employees: str, today: date, at: datetime) -> None:
    company = Company(
        id=_demo_id(client.code),
        name=client.name,
        short_name=client.short_name,
        tax_id=client.tax_id,
        notes=client.notes,
        screenshots_allowed=client.screenshots_allowed,
        created_at=at,
        updated_at=at,
    )
    await registry.companies.add(company, company.take_events())
    await registry.codes.add(
        Code(
            key=code_key(client.code),
            code=client.code,
            company_id=company.id,
            created_at=at,
            created_by=_demo_id("staff"),
        )
    )
    people = list(_people_of(client, employees, company, at))
    for person in people:
        await registry.people.add(person, person.take_events())
    pieces = {piece.name: piece for piece in equipment_of(client.code, company, people, _demo_id, today, at)}
    for piece in pieces.values():
        await registry.equipment.add(piece, piece.take_events())
    key = await registry.keys.of(company.id)
    mailboxes = client.code not in PEOPLE
    for credential in credentials_of(
        company, client.domain, people, pieces, key, _demo_id, at, has_mailboxes=mailboxes
    ):
        await registry.credentials.add(credential, credential.take_events())
    for contract in contracts_of(client.code, company, _demo_id, today, at):
        await registry.contracts.add(contract, contract.take_events())
    for licence in licences_of(client.code, company, people, _demo_id, today, at):
        await registry.licences.add(licence, licence.take_events())


def _people_of(client: Client, employees: str, company: Company, at: datetime) -> Iterator[Person]:
    """The first one is in charge."""
    for index, line in enumerate(employees.strip().splitlines()):
        full_name, _, position = (part.strip() for part in line.partition(","))
        email = f"{_login(full_name)}@{client.domain}"
        yield Person(
            id=_demo_id(email),
            company_id=company.id,
            full_name=full_name,
            position=position,
            email=email,
            phone=f"{client.phone}-{10 + index}",
            is_manager=index == 0,
            created_at=at,
            updated_at=at,
        )


def _login(full_name: str) -> str:
    """«Кузнецова Анна Петровна» is a.kuznetsova."""
    surname, first_name, *_ = ("".join(map(_LATIN.__getitem__, name.lower())) for name in full_name.split())
    return f"{first_name[0]}.{surname}"


def _demo_id(name: str) -> UUID:
    """A UUIDv7 by its form, made from the name."""
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest()[:10], "big")
    return UUID(
        int=_EPOCH_MILLISECONDS << 80 | 0x7 << 76 | (digest >> 68) << 64 | 0b10 << 62 | digest & (1 << 62) - 1
    )
