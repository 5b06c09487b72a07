"""What stands in an office of so many people, made up by rule."""

from __future__ import annotations

from collections.abc import Iterator

from services.clients.demo.piece import Piece

_FLOOR, _PER_SWITCH, _PER_PRINTER, _PER_UPS, _CAMERAS = "этаж", 10, 5, 2, 9
_RACK, _SWITCH = "Серверная, стойка", "Коммутатор этажа"


def pieces_of(headcount: int) -> Iterator[Piece]:
    """A server, and as many switches, printers, cameras and telephones as so many people need."""
    yield Piece("server", "Сервер 1С", "Dell PowerEdge T150", _RACK, 10, "srv-1c", _SWITCH, 250)
    yield Piece("server", "Резервные копии", "QNAP TS-433", _RACK, 11, "nas", _SWITCH, 25)
    for number in range(2, 2 + headcount // _PER_SWITCH):
        yield Piece(
            "switch",
            f"Коммутатор {number}",
            "Eltex MES2300",
            f"{number} {_FLOOR}, щит",
            20 + number,
            f"sw-{number}",
            _SWITCH,
        )
        yield Piece(
            "access_point",
            f"Wi-Fi, {number} {_FLOOR}",
            "UniFi U6 Lite",
            f"{number} {_FLOOR}",
            30 + number,
            f"ap-{number}",
            f"Коммутатор {number}",
            90,
        )
    for number in range(1, 1 + headcount // _PER_PRINTER):
        yield Piece(
            "printer",
            f"Принтер {number}",
            "Pantum BP5100DN",
            f"Кабинет {100 + number}",
            61 + number,
            f"prn-{number}",
            _SWITCH,
            30 * number - 45,
        )
    for number in range(1, _CAMERAS):
        yield Piece(
            "camera", f"Камера {number}", "TRASSIR TR-D2121", f"Зона {number}", 200 + number, "", _SWITCH
        )
    for number in range(1, 1 + headcount // _PER_UPS):
        yield Piece(
            "ups", f"ИБП {number}", "Ippon Back 650", f"Кабинет {100 + number}", 0, "", "", 40 * number - 100
        )
    for number in range(headcount):
        yield Piece(
            "phone",
            f"Телефон {101 + number}",
            "Yealink T31P",
            f"Рабочее место {number + 1}",
            0,
            f"tel-{101 + number}",
            _SWITCH,
        )
