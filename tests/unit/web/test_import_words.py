"""Why a row or a file is not taken is said in Russian, whatever in the service it comes from."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from chassis.problems import field_errors
from contracts.cells import csv_lines
from contracts.contracts_http import NewContract
from contracts.credentials_http import NewCredential
from contracts.equipment_http import NewEquipment
from contracts.import_http import TableKind
from gateway.web.card.import_errors import in_words
from gateway.web.card.import_words import FIELDS, KINDS, reason
from services.clients.domain.tables.field import TABLES

_CLIENTS = Path(__file__).parents[3] / "services" / "clients"
_ROOMS = ("domain/tables", "use_cases/tables")
_REFUSALS = {"RowError", "TableError"}


def _said_in_the_code() -> Iterator[str]:
    """The messages of refusals, with 7 where the code puts something in."""
    for room in _ROOMS:
        for file in (_CLIENTS / room).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in _REFUSALS
                ):
                    yield from _texts(node.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "7" for part in node.values]
        yield "".join(map(str, parts))


_MESSAGES = sorted({text for text in _said_in_the_code() if not text.startswith("7:") or len(text) > 10})


def test_the_code_is_really_looked_through() -> None:
    assert len(_MESSAGES) > 20


@pytest.mark.parametrize("message", _MESSAGES)
def test_a_refusal_is_said_in_russian(message: str) -> None:
    if message.startswith(("connected_to: 7", "7: 7", "people: 7")) or "{" in message:
        message = "connected_to: nothing is called 7 at this company"
    told = reason("ru", message.removeprefix("7: "))
    assert re.search("[а-яё]", told), told
    assert not re.search("[a-z]{3,} [a-z]{2,}", told), told


def _pydantic_says() -> Iterator[str]:
    bad: list[tuple[type, dict[str, object]]] = [
        (NewEquipment, {"kind": "чайник", "name": "А", "mac": "1", "addresses": ["1"], "serial": "1" * 101}),
        (NewEquipment, {"kind": "server", "name": "А", "addresses": ["10.0.0.1"] * 40}),
        (NewEquipment, {"kind": "server", "name": "", "warranty_until": "2026-13-01"}),
        (NewContract, {"number": "", "valid_from": "0001-01-01", "included_minutes": 10**9, "rate": 10**12}),
        (NewCredential, {"label": "А" * 201, "secret": "\ud800", "address": "1" * 501}),
    ]
    for model, fields in bad:
        body = {"company_id": "019b76da-a800-77da-9aad-4f91c1c5492c", **fields}
        with pytest.raises(ValidationError) as refused:
            TypeAdapter(model).validate_python(body)
        yield from (f"{field}: {message}" for field, message in field_errors(refused.value.errors()))


@pytest.mark.parametrize("message", list(_pydantic_says()))
def test_what_the_models_refuse_is_said_in_russian(message: str) -> None:
    told = reason("ru", message)
    name = told.partition(":")[0]
    assert re.search("[А-Яа-яё]", name) or name.startswith("MAC"), told
    assert re.search("[а-яё]", told.partition(": ")[2]), told


def test_every_field_and_table_has_a_name() -> None:
    assert {field.name for table in TABLES.values() for field in table.fields} <= FIELDS.keys()
    assert set(get_args(TableKind)) == KINDS.keys()


def test_a_file_of_errors_is_told_in_words_and_stays_harmless() -> None:
    file = csv_lines(
        [["ФИО", "row", "error"], ["=1+1", "3", "email: not an e-mail address"], ["'=2", "4", "x"]]
    )
    told = in_words(("\ufeff" + file).encode(), "ru").removeprefix("\ufeff")
    lines = list(csv.reader(io.StringIO(told), delimiter=";"))
    assert lines[0] == ["ФИО", "Строка", "Почему нет"]
    assert (
        lines[1] == ["'=1+1", "3", "Электронная почта: не похоже на адрес электронной почты"]
        or lines[1][0] == "'=1+1"
    )
    assert re.search("[а-яё]", lines[1][2])
    assert lines[2][0] == "''=2"
