"""By what a piece of equipment is known again, and how its addresses are spelled."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from contracts.equipment_http import Seen
from contracts.network import IpAddress, MacOrNone
from services.clients.domain.equipment import Equipment, learned, recognised
from services.clients.domain.search import wanted_words
from services.clients.domain.tables.field import EQUIPMENT, KINDS

_AT = datetime(2026, 11, 23, tzinfo=UTC)
_COMPANY = uuid4()
_ADDRESS: TypeAdapter[str] = TypeAdapter(IpAddress)
_MAC: TypeAdapter[str] = TypeAdapter(MacOrNone)


def _piece(**fields: Any) -> Equipment:
    about = {"id": uuid4(), "company_id": _COMPANY, "kind": "workstation", "name": "ПК"}
    return Equipment.model_validate({**about, "created_at": _AT, "updated_at": _AT, **fields})


def _seen(**fields: Any) -> Seen:
    return Seen.model_validate({"company_id": _COMPANY, **fields})


@given(st.integers(0, 2**48 - 1))
def test_a_mac_address_has_one_spelling_however_it_is_written(number: int) -> None:
    digits = f"{number:012X}"
    pairs = [digits[at : at + 2] for at in range(0, 12, 2)]
    fours = [digits[at : at + 4] for at in range(0, 12, 4)]
    written = {":".join(pairs), "-".join(pairs), ".".join(fours), digits, ":".join(pairs).lower()}
    assert {_MAC.validate_python(text) for text in written} == {":".join(pairs).lower()}


@given(
    st.one_of(
        st.builds(IPv4Address, st.integers(0, 2**32 - 1)), st.builds(IPv6Address, st.integers(0, 2**128 - 1))
    )
)
def test_an_address_has_one_spelling(address: IPv4Address | IPv6Address) -> None:
    assert _ADDRESS.validate_python(address.exploded.upper()) == str(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.0.0",
        "10.0.0.0/8",
        "256.1.1.1",
        "fe80::1%eth0",
        "010.0.0.1",
        "srv-1c",
        "1" * 61,
        "::g",
        "0x7f.1",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        _ADDRESS.validate_python(text)


@pytest.mark.parametrize(
    "text", ["0", "00:11:22:33:44", "00:11:22:33:44:5g", "00-11:22-33:44-55", "00:11:22:33:44:55:66"]
)
def test_what_is_no_mac_address_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        _MAC.validate_python(text)


@pytest.mark.parametrize(
    "query",
    [
        "серв",
        "srv-1c",
        "1c",
        "10.20.1.10",
        "10.20.1",
        "02:ab:cd",
        "02abcd",
        "02-ab-cd-00",
        "sn12",
        "стойка",
        "PowerEdge",
        "fe80::12",
    ],
)
def test_a_piece_is_found_by_any_beginning(query: str) -> None:
    keys = _piece(
        name="Сервер 1С", model="Dell PowerEdge", serial="SN12345", hostname="srv-1c.local", place="стойка 2",
        addresses=["10.20.1.10", "fe80::12"], mac="02:ab:cd:00:11:22",
    ).keys  # fmt: skip
    assert all(any(key.startswith(word) for key in keys) for word in wanted_words(query))


def test_the_serial_number_counts_more_than_the_name_in_the_network() -> None:
    renamed, newcomer = _piece(serial="A1", hostname="old"), _piece(hostname="pc-7")
    assert recognised([renamed, newcomer], _seen(serial="a1", hostname="PC-7")) == renamed


def test_a_host_is_the_same_with_its_domain() -> None:
    piece = _piece(hostname="pc-7.corp.example")
    assert recognised([piece], _seen(hostname="PC-7")) == piece


def test_an_address_alone_proves_nothing() -> None:
    assert recognised([_piece(addresses=["10.0.0.5"])], _seen(addresses=["10.0.0.5"])) is None


def test_two_alike_are_neither() -> None:
    assert recognised([_piece(hostname="pc"), _piece(hostname="pc")], _seen(hostname="pc")) is None


def test_what_was_not_seen_is_not_forgotten_and_a_user_not_replaced() -> None:
    piece = _piece(hostname="pc-7", serial="A1", addresses=["10.0.0.5"], person_id=uuid4())
    seen = _seen(hostname="PC-7", addresses=["10.0.0.9"], person_id=uuid4())
    assert learned(piece, seen, ["10.0.0.9"]) == {"addresses": ["10.0.0.9"]}
    assert learned(piece, _seen(hostname="pc-7"), []) == {}


def test_every_kind_is_read_by_each_of_its_names_and_written_back() -> None:
    kind = EQUIPMENT.field("kind")
    for name, titles in KINDS.items():
        assert {kind.read(title.upper()) for title in titles} == {name}
        assert kind.read(kind.write(name, "ru")) == kind.read(kind.write(name, "en")) == name
