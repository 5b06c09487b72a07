"""The demo's contracts and licences: some hold for long, some come to their end these days, some are over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from services.clients.domain.company import Company
from services.clients.domain.contract import Contract
from services.clients.domain.licence import Licence
from services.clients.domain.person import Person

MakeId = Callable[[str], UUID]
_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)


class _Terms(NamedTuple):
    """`days_left` of the contract that holds (None: until further notice); rates in kopecks an hour."""

    hours: int
    rate: int
    days_left: int | None
    notes: str = ""
    additional_rate: int | None = None


class _Software(NamedTuple):
    """`days_left` None: for ever."""

    product: str
    vendor: str
    seats: int | None
    users: int
    days_left: int | None
    notes: str = ""


_CONTRACTS = {
    "DEMO": _Terms(40, 3_000_00, 214, additional_rate=3_600_00),
    "PKZ-2026": _Terms(60, 2_800_00, 29, "О продлении говорить с главным инженером."),
    "PARUS-26": _Terms(20, 3_200_00, None),
    "ZARECHE": _Terms(24, 3_000_00, 6, "Новый договор на согласовании."),
    "KOLOS-63": _Terms(16, 2_600_00, 120),
    "MERIDIAN": _Terms(32, 3_500_00, 300, additional_rate=4_000_00),
    "NOTARY-54": _Terms(6, 3_000_00, None),
    "STUPENI": _Terms(30, 2_500_00, 181, "Лето — половина часов."),
}
_EVERYWHERE = (
    _Software("Kaspersky Endpoint Security", "Лаборатория Касперского", 12, 5, 25),
    _Software("МойОфис Стандартный", "Новые облачные технологии", 10, 7, None),
)
_LICENCES = {
    "DEMO": (
        _Software(
            "1С:Предприятие 8. Управление торговлей", "1С", 5, 4, None, "Ключ защиты в сервере srv-1c."
        ),
        _Software("1С:ИТС ПРОФ", "1С", None, 0, 7, "Договор ИТС продлевает бухгалтерия."),
        _Software("Windows Server 2022 CAL", "Microsoft", 20, 6, None),
    ),
    "PKZ-2026": (
        _Software("КОМПАС-3D v22", "АСКОН", 3, 3, 90, "Все места заняты."),
        _Software("Сертификат pkz.example", "GlobalSign", None, 0, 0, "Ставится на почтовый сервер."),
    ),
    "PARUS-26": (
        _Software("Инфоклиника", "СДС", 8, 6, 45),
        _Software("КриптоПро CSP 5.0", "КриптоПро", 2, 2, None),
    ),
    "ZARECHE": (_Software("1С:Бухгалтерия сельхозпредприятия", "1С", 2, 2, None),),
    "KOLOS-63": (
        _Software("Frontol 6", "АТОЛ", 9, 5, -12, "Кончилась; кассы работают, обновлений нет."),
        _Software("ОФД на 9 касс", "Платформа ОФД", 9, 0, 18),
    ),
    "MERIDIAN": (
        _Software("nanoCAD Pro", "Нанософт", 12, 6, 30),
        _Software("Renga Professional", "Renga Software", 4, 4, 200),
    ),
    "NOTARY-54": (_Software("КриптоПро CSP 5.0", "КриптоПро", 3, 3, None),),
    "STUPENI": (_Software("Kaspersky Safe Kids", "Лаборатория Касперского", 60, 0, 150),),
}


def _place_of(code: str) -> int:
    """Known ones are numbered as they stand."""
    known = list(_CONTRACTS)
    return known.index(code) if code in known else len(known) + sum(map(ord, code)) % 80


def contracts_of(
    code: str, company: Company, make_id: MakeId, today: date, at: datetime
) -> Iterator[Contract]:
    """Last year's, and the one that follows it."""
    terms = _CONTRACTS.get(code) or _Terms(
        10 + len(company.name) % 5 * 8, 2_900_00, len(company.name) * 9 - 60
    )
    last = None if terms.days_left is None else today + timedelta(days=terms.days_left)
    first = (last - _YEAR + _DAY) if last else today - timedelta(days=200)
    for year, (begins, ends) in enumerate([(first - _YEAR, first - _DAY), (first, last)]):
        yield Contract(
            id=make_id(f"{code} contract {year}"),
            company_id=company.id,
            number=f"{begins.year}/{_place_of(code) + 11}",
            valid_from=begins,
            valid_to=ends,
            included_minutes=terms.hours * 60,
            rate=terms.rate,
            additional_rate=terms.additional_rate,
            notes=terms.notes if year else "",
            created_at=at,
            updated_at=at,
        )


def licences_of(
    code: str, company: Company, people: Sequence[Person], make_id: MakeId, today: date, at: datetime
) -> Iterator[Licence]:
    for software in (*_EVERYWHERE, *_LICENCES.get(code, ())):
        days = software.days_left
        yield Licence(
            id=make_id(f"{code} {software.product}"),
            company_id=company.id,
            product=software.product,
            vendor=software.vendor,
            seats=software.seats,
            valid_until=None if days is None else today + timedelta(days=days),
            people=[person.id for person in people[: software.users]],
            notes=software.notes,
            created_at=at,
            updated_at=at,
        )
