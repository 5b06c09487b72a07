"""What of the registry is edited in place: its fields, how they are typed and how they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from uuid import UUID

from babel.numbers import format_decimal

from gateway.web.labels import EQUIPMENT_KINDS
from gateway.web.language import words_of

FieldKind = Literal[
    "line", "text", "email", "phone", "day", "count", "hours", "money", "flag", "choice", "addresses",
    "colleague", "person", "piece", "plan",
]  # fmt: skip
# Somebody or something else, kept by id and chosen by name.
OTHERS = ("colleague", "person", "piece", "plan")
_GAPS = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Field:
    """`label` is a message, as are the values of `options`; `needed`: it cannot be emptied.

    `is_blank_told`: an empty amount is none, which is not zero.
    """

    name: str
    label: str
    kind: FieldKind = "line"
    longest: int = 200
    needed: bool = False
    is_blank_told: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Thing:
    """`path` is its collection in clients, `tab` where on the card it is."""

    path: str
    tab: str
    fields: Mapping[str, Field]
    for_registrars: bool = False
    has_page: bool = False

    def called(self, it: Mapping[str, Any]) -> str:
        """What people know it by."""
        return str(it[next(iter(self.fields))])

    def home(self, it: Mapping[str, Any]) -> str:
        """The page it is edited on."""
        company = it.get("company_id") or it["id"]
        return f"/clients/{company}{self.tab}" + (f"/{it['id']}" if self.has_page else "")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


def _fields(*fields: Field) -> Mapping[str, Field]:
    return {one.name: one for one in fields}


_NOTES = Field("notes", _("Notes"), "text", 10_000)
THINGS: Mapping[str, Thing] = {
    "companies": Thing(
        "/companies",
        "",
        _fields(
            Field("name", _("Name"), needed=True),
            Field("short_name", _("Short name"), longest=60),
            Field("tax_id", _("Tax id"), longest=20),
            Field("responsible_id", _("Responsible"), "colleague"),
            Field("screenshots_allowed", _("Screenshots"), "flag"),
            _NOTES,
        ),
        for_registrars=True,
    ),
    "people": Thing(
        "/people",
        "/people",
        _fields(
            Field("full_name", _("Full name"), needed=True),
            Field("position", _("Position")),
            Field("phone", _("Phone"), "phone", 60),
            Field("email", _("E-mail"), "email", 254),
            Field("is_manager", _("Manager"), "flag"),
        ),
    ),
    "equipment": Thing(
        "/equipment",
        "/equipment",
        _fields(
            Field("name", _("Name"), needed=True),
            Field("kind", _("Kind"), "choice", needed=True, options=EQUIPMENT_KINDS),
            Field("model", _("Model")),
            Field("serial", _("Serial number"), longest=100),
            Field("hostname", _("Host name"), longest=255),
            Field("addresses", _("Addresses"), "addresses", 1000),
            Field("mac", _("MAC address"), longest=30),
            Field("place", _("Place")),
            Field("person_id", _("Who uses it"), "person"),
            Field("connected_to", _("Connected to"), "piece"),
            Field("warranty_until", _("Warranty until"), "day"),
            _NOTES,
        ),
        has_page=True,
    ),
    "credentials": Thing(
        "/credentials",
        "/credentials",
        _fields(
            Field("label", _("What it is for"), needed=True),
            Field("address", _("Address"), longest=500),
            Field("equipment_id", _("What it opens"), "piece"),
            Field("person_id", _("Whose it is"), "person"),
        ),
    ),
    "licences": Thing(
        "/licences",
        "/licences",
        _fields(
            Field("product", _("Product"), needed=True),
            Field("vendor", _("Vendor")),
            Field("seats", _("Seats"), "count", 7),
            Field("valid_until", _("Valid until"), "day"),
            _NOTES,
        ),
    ),
    "contracts": Thing(
        "/contracts",
        "/contracts",
        _fields(
            Field("number", _("Contract number"), longest=60, needed=True),
            Field("valid_from", _("Valid from"), "day", needed=True),
            Field("valid_to", _("Valid to"), "day"),
            Field("plan_id", _("SLA plan"), "plan"),
            Field("included_minutes", _("Hours a month"), "hours", 10),
            Field("rate", _("Rate beyond them, ₽/h"), "money", 12),
            Field("additional_rate", _("Rate of additional work, ₽/h"), "money", 12, is_blank_told=True),
            _NOTES,
        ),
        for_registrars=True,
    ),
}


def value_of(field: Field, typed: str) -> Any:
    """What was typed, as the service takes it; raises ValueError for what it cannot be."""
    said = typed.replace("\r\n", "\n").strip()
    if field.needed and not said:
        raise ValueError
    if field.kind == "flag":
        return said == "yes"
    if field.is_blank_told and not said:
        return None
    if field.kind in ("hours", "money"):
        return _scaled(said, 60 if field.kind == "hours" else 100)
    if field.kind == "addresses":
        return [address for address in _GAPS.split(said) if address]
    if field.kind == "choice" and said not in field.options:
        raise ValueError
    if field.kind not in ("day", "count", *OTHERS):
        return said
    if not said:
        return None
    if field.kind == "day":
        return _day(said).isoformat()
    return str(UUID(said)) if field.kind in OTHERS else _count(said)


def typed_from(field: Field, value: Any) -> str:
    """What stands in the field when it is opened."""
    if value is None:
        return ""
    if field.kind == "flag":
        return "yes" if value else "no"
    if field.kind in ("hours", "money"):
        return _plain(value, 60 if field.kind == "hours" else 100)
    return ", ".join(value) if field.kind == "addresses" else str(value)


def shown(lang: str, field: Field, value: Any, names: Mapping[str, str]) -> str:
    """As people read it; empty for nothing."""
    gettext = words_of(lang).gettext
    if field.kind == "flag":
        return gettext("yes") if value else gettext("no")
    if value is None or value == "" or value == []:
        return ""
    if field.kind in OTHERS:
        return names.get(value, gettext("somebody who left") if field.kind == "colleague" else "?")
    if field.kind == "choice":
        return gettext(field.options[value]) if value in field.options else str(value)
    if field.kind == "day":
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    if field.kind == "hours":
        return gettext("%s h") % _number(lang, Decimal(value) / 60)
    if field.kind == "money":
        return gettext("%s ₽/h") % _number(lang, Decimal(value) / 100)
    return ", ".join(value) if field.kind == "addresses" else str(value)


def _number(lang: str, value: Decimal) -> str:
    return str(format_decimal(round(value, 2), locale=lang))


def _day(said: str) -> date:
    """2026-11-23 or 23.11.2026."""
    day, dot, rest = said.partition(".")
    month, _dot, year = rest.partition(".")
    return date(int(year), int(month), int(day)) if dot else date.fromisoformat(said)


def _count(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise ValueError
    return int(said)


def _scaled(said: str, scale: int) -> int:
    try:
        value = Decimal(said.replace(",", ".").replace("\u00a0", "").replace(" ", "") or "0") * scale
    except InvalidOperation as error:
        raise ValueError from error
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value < 10**12:
        raise ValueError
    return int(value)


def _plain(value: int, scale: int) -> str:
    """No exponent, no needless zeros; a third of an hour is rounded."""
    written = f"{Decimal(value) / scale:.2f}".rstrip("0").rstrip(".")
    return written or "0"
