"""The columns of each table, what they are called, and how their cells are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from contracts.equipment import EquipmentKind
from contracts.import_http import TableKind
from services.clients.domain.tables.errors import RowError

Language = Literal["ru", "en"]
CellKind = Literal["text", "flag", "number", "hours", "money", "day", "list", "kind"]

_FLAGS = {
    **dict.fromkeys(("да", "yes", "true", "истина", "1", "+", "y", "д"), True),
    **dict.fromkeys(("нет", "no", "false", "ложь", "0", "-", "n", "н"), False),
}
_WRITTEN_FLAGS: Mapping[Language, tuple[str, str]] = {"ru": ("нет", "да"), "en": ("no", "yes")}
_RUSSIAN_DAY = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00)?)?")
_NUMBER = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_GAPS = str.maketrans("", "", " \u00a0\u202f")
# Of what is kept as minutes and as kopecks.
_SCALES: Mapping[CellKind, int] = {"hours": 60, "money": 100}
KINDS: Mapping[EquipmentKind, tuple[str, ...]] = {
    "server": ("Сервер", "Server"),
    "router": ("Маршрутизатор", "Router", "роутер", "шлюз"),
    "switch": ("Коммутатор", "Switch", "свитч"),
    "access_point": ("Точка доступа", "Access point", "wi-fi", "точка доступа wi-fi"),
    "workstation": ("Компьютер", "Workstation", "рабочая станция", "пк", "pc", "ноутбук", "laptop"),
    "printer": ("Принтер", "Printer", "мфу", "mfp"),
    "ups": ("ИБП", "UPS", "бесперебойник"),
    "camera": ("Камера", "Camera", "видеокамера"),
    "phone": ("Телефон", "Phone", "ip-телефон"),
    "other": ("Другое", "Other", "прочее"),
}
_KINDS_BY_NAME = {name.casefold(): kind for kind, names in KINDS.items() for name in (kind, *names)}
_SEPARATORS = re.compile(r"[;,\n]")


class Field(NamedTuple):
    """`titles`: in Russian, in English, and what else people call it.

    A `secret` one is taken, and never shown or given out again. Of an `exact` one every character counts.
    """

    name: str
    titles: tuple[str, ...]
    kind: CellKind = "text"
    required: bool = False
    secret: bool = False
    exact: bool = False

    def title(self, language: Language) -> str:
        return self.titles[0 if language == "ru" else 1]

    def read(self, text: str) -> Any:
        """A cell as a value for our own models, which check it further; raises RowError."""
        if self.kind == "flag":
            return self._flag(text)
        if self.kind == "number":
            return self._number(text)
        if self.kind in _SCALES:
            return self._scaled(text)
        if self.kind == "day":
            return self._day(text)
        if self.kind == "kind":
            return self._kind(text)
        if self.kind == "list":
            return [part for part in map(str.strip, _SEPARATORS.split(text)) if part]
        if self.exact and text != text.strip():
            raise RowError(f"{self.name}: it begins or ends with a blank; type it in by hand if it is meant")
        return text

    def write(self, value: Any, language: Language) -> str:
        """What `read` reads back as the same."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return _WRITTEN_FLAGS[language][value]
        if self.kind == "kind":
            return KINDS[value][0 if language == "ru" else 1]
        if self.kind in _SCALES:
            return _decimal(value, _SCALES[self.kind], language)
        if isinstance(value, date):
            return value.strftime("%d.%m.%Y") if language == "ru" else value.isoformat()
        if isinstance(value, list):
            return "; ".join(map(str, value))
        return str(value)

    def _flag(self, text: str) -> bool:
        try:
            return _FLAGS[text.casefold()]
        except KeyError:
            raise RowError(f"{self.name}: neither yes nor no") from None

    def _number(self, text: str) -> int:
        digits = text.translate(_GAPS)
        if not _NUMBER.fullmatch(digits):
            raise RowError(f"{self.name}: not a whole number")
        return int(digits)

    def _scaled(self, text: str) -> int:
        """«1,5» hours are 90 minutes; a tenth of a second of work is nobody's."""
        said = text.translate(_GAPS)
        if not _DECIMAL.fullmatch(said):
            raise RowError(f"{self.name}: not a number")
        return round(Decimal(said.replace(",", ".")) * _SCALES[self.kind])

    def _kind(self, text: str) -> str:
        """By any of its names; what is nobody's name is refused by the model, which lists those there are."""
        return _KINDS_BY_NAME.get(text.casefold().replace("ё", "е"), text)

    def _day(self, text: str) -> str:
        """As it is written in models; whether there is such a day they check."""
        if found := _ISO_DAY.fullmatch(text):
            return found[1]
        if found := _RUSSIAN_DAY.fullmatch(text):
            day, month, year = found.groups()
            return f"{year}-{int(month):02}-{int(day):02}"
        raise RowError(f"{self.name}: not a day such as 31.12.2026 or 2026-12-31")


def _decimal(value: int, scale: int, language: Language) -> str:
    """No needless zeros, and as exact as it takes to be read back as the same."""
    said = f"{Decimal(value) / scale:.4f}".rstrip("0").rstrip(".")
    return said.replace(".", ",") if language == "ru" else said


class Columns(NamedTuple):
    """`name` is the field that a row is called by."""

    what: TableKind
    name: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(field.name for field in self.fields)

    @property
    def secrets(self) -> frozenset[str]:
        return frozenset(field.name for field in self.fields if field.secret)

    @property
    def open(self) -> tuple[Field, ...]:
        """What an export shows."""
        return tuple(field for field in self.fields if not field.secret)


_ID = Field("id", ("Идентификатор", "Id", "ид", "uuid"))
_WHOSE = (
    Field("company_id", ("Идентификатор компании", "Company id")),
    Field("company", ("Компания", "Company", "организация", "клиент", "client", "контрагент"), required=True),
    Field("company_tax_id", ("ИНН компании", "Company tax id", "инн организации", "инн клиента")),
)
_NOTES = Field("notes", ("Заметки", "Notes", "примечание", "примечания", "комментарий", "comment"))

COMPANIES = Columns(
    "companies",
    "name",
    (
        _ID,
        Field(
            "name",
            ("Название", "Name", "компания", "наименование", "организация", "клиент", "company"),
            required=True,
        ),
        Field("short_name", ("Краткое название", "Short name", "сокращение", "кратко")),
        Field("tax_id", ("ИНН", "Tax id", "инн компании", "vat", "inn")),
        Field("screenshots_allowed", ("Снимки экрана", "Screenshots allowed", "скриншоты"), "flag"),
        _NOTES,
    ),
)
PEOPLE = Columns(
    "people",
    "full_name",
    (
        _ID,
        *_WHOSE,
        Field(
            "full_name",
            ("ФИО", "Full name", "сотрудник", "имя", "name", "фамилия имя отчество"),
            required=True,
        ),
        Field("position", ("Должность", "Position", "job title")),
        Field("email", ("Почта", "E-mail", "email", "электронная почта", "эл почта", "адрес почты")),
        Field("phone", ("Телефон", "Phone", "тел", "мобильный", "телефоны")),
        Field("is_manager", ("Руководитель", "Manager", "is manager"), "flag"),
    ),
)
EQUIPMENT = Columns(
    "equipment",
    "name",
    (
        _ID,
        *_WHOSE,
        Field(
            "name",
            ("Название", "Name", "оборудование", "устройство", "наименование", "equipment"),
            required=True,
        ),
        Field("kind", ("Вид", "Kind", "тип", "type", "категория"), "kind", required=True),
        Field("model", ("Модель", "Model", "марка")),
        Field("serial", ("Серийный номер", "Serial", "с/н", "s/n", "serial number", "инвентарный номер")),
        Field("hostname", ("Имя в сети", "Host name", "hostname", "имя компьютера", "хост")),
        Field("addresses", ("Адреса", "Addresses", "ip", "ip адрес", "адрес"), "list"),
        Field("mac", ("MAC", "MAC address", "мак", "mac адрес")),
        Field("place", ("Место", "Place", "кабинет", "расположение", "location", "помещение")),
        Field("person", ("Кто пользуется", "Person", "пользователь", "user", "сотрудник")),
        Field("connected_to", ("Подключено к", "Connected to", "подключение")),
        Field("warranty_until", ("Гарантия до", "Warranty until", "гарантия", "warranty"), "day"),
        _NOTES,
    ),
)
LICENCES = Columns(
    "licences",
    "product",
    (
        _ID,
        *_WHOSE,
        Field(
            "product",
            ("Продукт", "Product", "программа", "лицензия", "название", "по", "licence"),
            required=True,
        ),
        Field("vendor", ("Производитель", "Vendor", "поставщик", "вендор")),
        Field("seats", ("Мест", "Seats", "количество", "кол-во", "число мест", "рабочих мест"), "number"),
        Field("valid_until", ("Действует до", "Valid until", "срок", "окончание", "дата окончания"), "day"),
        Field("people", ("Кто пользуется", "People", "пользователи", "users"), "list"),
        _NOTES,
    ),
)
CONTRACTS = Columns(
    "contracts",
    "number",
    (
        _ID,
        *_WHOSE,
        Field(
            "number",
            ("Номер договора", "Contract number", "номер", "договор", "№", "contract", "number"),
            required=True,
        ),
        Field("plan", ("План SLA", "SLA plan", "sla", "план", "тариф", "plan")),
        Field(
            "valid_from",
            ("Действует с", "Valid from", "начало", "дата начала", "с", "from"),
            "day",
            required=True,
        ),
        Field("valid_to", ("Действует по", "Valid to", "действует до", "окончание", "дата окончания"), "day"),
        Field("included_minutes", ("Часов в месяц", "Hours a month", "часы", "часов", "hours"), "hours"),
        Field("rate", ("Ставка сверх них, ₽/ч", "Rate beyond them, ₽/h", "ставка", "rate"), "money"),
        Field(
            "additional_rate",
            (
                "Ставка доп. работ, ₽/ч",
                "Rate of additional work, ₽/h",
                "ставка доп. работ",
                "additional rate",
            ),
            "money",
        ),
        _NOTES,
    ),
)
CREDENTIALS = Columns(
    "credentials",
    "label",
    (
        _ID,
        *_WHOSE,
        Field(
            "label",
            (
                "Для чего",
                "What it is for",
                "название",
                "доступ",
                "система",
                "сервис",
                "title",
                "name",
                "label",
            ),
            required=True,
        ),
        Field("address", ("Адрес", "Address", "url", "uri", "ссылка", "сайт", "host", "хост", "website")),
        Field("equipment", ("Что открывает", "What it opens", "оборудование", "устройство", "equipment")),
        Field("person", ("Чей", "Whose it is", "сотрудник", "person")),
        Field(
            "login", ("Логин", "Login", "имя пользователя", "пользователь", "username", "user"), secret=True
        ),
        Field("secret", ("Пароль", "Password", "секрет", "secret", "pass", "pwd"), secret=True, exact=True),
        Field(
            "totp_seed",
            ("Секрет одноразовых кодов", "TOTP seed", "totp", "otp", "2fa", "otpauth", "otp secret"),
            secret=True,
        ),
        Field("notes", ("Тайные заметки", "Secret notes", *_NOTES.titles, "notes"), secret=True),
    ),
)
TABLES: Mapping[TableKind, Columns] = {
    table.what: table for table in (COMPANIES, PEOPLE, EQUIPMENT, LICENCES, CONTRACTS, CREDENTIALS)
}
