"""What stands at the demo's clients: a network, servers, a workstation for each person, printers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.clients.demo.office import pieces_of
from services.clients.demo.piece import Piece
from services.clients.domain.company import Company
from services.clients.domain.equipment import Equipment
from services.clients.domain.person import Person

MakeId = Callable[[str], UUID]


_ROUTER = "Маршрутизатор"
_SWITCH = "Коммутатор этажа"
_EVERYWHERE = (
    Piece("router", _ROUTER, "MikroTik RB4011", "Серверная, стойка", 1, "gw", warranty=140),
    Piece("switch", _SWITCH, "MikroTik CRS328-24P", "Серверная, стойка", 2, "sw-1", _ROUTER, 410),
    Piece("access_point", "Wi-Fi в зале", "UniFi U6 Lite", "Потолок у входа", 5, "ap-1", _SWITCH, 20),
    Piece("printer", "МФУ у секретаря", "Kyocera M2540dn", "Приёмная", 60, "mfp-1", _SWITCH, -40),
    Piece("ups", "ИБП стойки", "APC Smart-UPS 1500", "Серверная, стойка", 70, "ups-1", _SWITCH, 6),
)
_OWN = {
    "DEMO": (
        Piece("server", "Сервер 1С", "Dell PowerEdge T350", "Серверная, стойка", 10, "srv-1c", _SWITCH, 300),
        Piece("server", "Резервные копии", "Synology DS923+", "Серверная, стойка", 11, "nas", _SWITCH, 29),
        Piece("camera", "Камера ворот", "Hikvision DS-2CD2143", "Склад, ворота 2", 81, "", _SWITCH),
        Piece("printer", "Этикетки", "Zebra ZD421", "Склад, упаковка", 61, "zebra-1", _SWITCH, 200),
    ),
    "PKZ-2026": (
        Piece("server", "Сервер 1С", "HPE ML350 Gen10", "Старый корпус, 2 этаж", 10, "srv-1c", _SWITCH, -200),
        Piece("switch", "Коммутатор цеха", "Eltex MES2324", "Цех обжига, щит", 3, "sw-ceh", _SWITCH, 90),
        Piece("camera", "Проходная", "Dahua IPC-HFW2431", "Проходная", 80, "", "Коммутатор цеха"),
    ),
    "PARUS-26": (
        Piece("server", "Инфоклиника", "Fujitsu TX1330", "Кладовая", 10, "srv-med", _SWITCH, 500),
        Piece("other", "Радиовизиограф", "Vatech EzSensor", "Кабинет 3", 90, "", _SWITCH, 12),
    ),
    "ZARECHE": (
        Piece("other", "Радиомост на ферму", "Ubiquiti PowerBeam 5AC", "Крыша конторы", 4, "bridge", _SWITCH),
        Piece("server", "Сервер 1С", "Сборка i5, 32 ГБ", "Бухгалтерия", 10, "srv-1c", _SWITCH),
    ),
    "KOLOS-63": (
        Piece("workstation", "Касса 1", "АТОЛ Jazz", "Пекарня на Ленина", 31, "kassa-1", _SWITCH, 60),
        Piece("workstation", "Касса 2", "АТОЛ Jazz", "Пекарня на Садовой", 32, "kassa-2", _SWITCH, 60),
    ),
    "MERIDIAN": (
        Piece("server", "Файлы и лицензии", "Dell PowerEdge R350", "Серверная", 10, "srv-cad", _SWITCH, 700),
        Piece("printer", "Плоттер", "HP DesignJet T650", "Печатная", 62, "plotter", _SWITCH, 15),
    ),
    "NOTARY-54": (Piece("other", "Считыватель токенов", "Рутокен", "Кабинет нотариуса", 0),),
    "STUPENI": (
        Piece("server", "Классный сервер", "Сборка Xeon E-2324G", "Кабинет 12", 10, "srv-class", _SWITCH),
        Piece("access_point", "Wi-Fi класса", "UniFi U6 Pro", "Кабинет 14", 6, "ap-2", _SWITCH, 333),
    ),
}
_MODELS = ("Lenovo ThinkCentre M70q", "HP ProDesk 400 G9", "Aquarius Pro P30", "Dell OptiPlex 3000")


def equipment_of(
    code: str, company: Company, people: Sequence[Person], make_id: MakeId, today: date, at: datetime
) -> Iterator[Equipment]:
    is_known = code in _OWN
    network = f"10.{20 + list(_OWN).index(code)}.1" if is_known else f"10.{_number_of(code)}.1"
    for piece in (*_EVERYWHERE, *(_OWN[code] if is_known else pieces_of(len(people)))):
        bought = today if is_known else today + _apart(code, piece)
        yield _made(code, company, piece, make_id, bought, at, network)
    for index, person in enumerate(people):
        hostname = f"{code.split('-')[0].lower()}-pc{index + 1:02}"
        piece = Piece(
            "workstation", hostname.upper(), _MODELS[index % len(_MODELS)], "", 100 + index, hostname, _SWITCH
        )
        yield _made(code, company, piece, make_id, today, at, network, person_id=person.id)


def _number_of(code: str) -> int:
    """From 40 to 239, the same for the same code."""
    return 40 + int(hashlib.sha256(code.encode()).hexdigest(), 16) % 200


def _apart(code: str, piece: Piece) -> timedelta:
    """Within a year: not everybody bought theirs on the same day."""
    return timedelta(days=_number_of(f"{code} {piece.name}") * 3 - 420)


def _made(
    code: str,
    company: Company,
    piece: Piece,
    make_id: MakeId,
    today: date,
    at: datetime,
    network: str,
    **more: Any,
) -> Equipment:
    digest = hashlib.sha256(f"{code} {piece.name}".encode()).hexdigest()
    return Equipment(
        id=make_id(f"{code} {piece.name}"),
        company_id=company.id,
        kind=piece.kind,
        name=piece.name,
        model=piece.model,
        serial=digest[:10].upper(),
        hostname=piece.hostname,
        addresses=[f"{network}.{piece.host}"] if piece.host else [],
        # The bit of locally administered addresses: no maker's.
        mac=":".join(["02", *(digest[at : at + 2] for at in range(10, 20, 2))]) if piece.host else "",
        place=piece.place,
        connected_to=make_id(f"{code} {piece.above}") if piece.above else None,
        warranty_until=None if piece.warranty is None else today + timedelta(days=piece.warranty),
        notes=piece.notes,
        created_at=at,
        updated_at=at,
        **more,
    )
