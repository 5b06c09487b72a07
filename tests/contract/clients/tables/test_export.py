"""The registry as a file: harmless in a spreadsheet, and nothing new when it comes back."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from chassis.clock import new_id
from contracts.text import clean_line, clean_prose
from tests.contract.clients.service import SPECIALIST, Service, somebody
from tests.contract.clients.tables.files import previewed, rows_of, text_of, unique

_FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "''+2",
    '=HYPERLINK("http://x";"y")',
    'обычное; с "кавычками"',
]
# Line breaks and quotes too, with a liking for what spreadsheets misread; shown ink of its own in front.
_TEXT = st.text(max_size=30) | st.text(alphabet="'=+-@\t\n\";, ", max_size=8)
_NAMES = _TEXT.map(lambda text: clean_line(f"{text}Я")).filter(bool)
_NOTES = _TEXT.map(clean_prose)


async def _rows(service: Service, query: str, **who: Any) -> list[list[str]]:
    content = await text_of(service, f"/export?{query}", **who)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


async def test_an_export_has_titles_and_a_row_for_each(service: Service) -> None:
    company = await service.company(unique("ООО Выгрузка"))
    await service.person(company, "Выгруженный", email="v@export.example", is_manager=True)
    rows = await _rows(service, f"what=people&company={company['id']}", who=SPECIALIST)
    assert rows[0][4:] == ["ФИО", "Должность", "Почта", "Телефон", "Руководитель"]
    assert rows[1][1:3] == [company["id"], company["name"]]
    assert rows[1][4:] == ["Выгруженный", "", "v@export.example", "", "да"]
    english = await _rows(service, f"what=people&company={company['id']}&lang=en")
    assert (english[0][4], english[1][8]) == ("Full name", "yes")


@pytest.mark.parametrize("what", ["companies", "people", "equipment", "licences", "contracts"])
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
async def test_no_cell_is_a_formula_and_all_come_back_as_nothing_new(
    service: Service, what: str, format_: str
) -> None:
    company = await service.company(unique("=2+2"), notes="-заметка\nв две строки")
    for year, text in enumerate(_FORMULAS, 2001):
        person = await service.person(company, text, position=text)
        body = {"company_id": company["id"], "product": text, "notes": text, "people": [person["id"]]}
        piece: dict[str, Any] = {
            "name": text,
            "kind": "ups",
            "model": text,
            "serial": text,
            "place": text,
            "notes": text,
        }
        piece |= {"company_id": company["id"], "person_id": person["id"], "addresses": ["10.0.0.1", "::1"]}
        assert (await service.call("POST", "/equipment", piece)).status == 201
        assert (await service.call("POST", "/licences", {**body, "valid_until": "2027-01-31"})).status == 201
        period = {"valid_from": f"{year}-01-01", "valid_to": f"{year}-12-31", "rate": 250_050}
        contract = {"company_id": company["id"], "number": text, "notes": text, "included_minutes": 95}
        assert (await service.call("POST", "/contracts", {**contract, **period})).status == 201
    content = await text_of(service, f"/export?what={what}&format={format_}&company={company['id']}")
    _assert_harmless(content, format_)
    job = await previewed(service, what, content)
    assert job["counts"] == {"create": 0, "update": 0, "skip": job["rows"], "error": 0}, [
        row["reason"] for row in await rows_of(service, job)
    ]


def _assert_harmless(content: bytes, format_: str) -> None:
    if format_ == "csv":
        cells = [
            cell
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
            for cell in row
        ]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
        return
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n", "inlineStr")
            assert not isinstance(cell.value, int | float)
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                assert cell.quotePrefix


@given(name=_NAMES, position=_NAMES, notes=_NOTES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_kept_comes_back_as_nothing_new(
    service: Service, name: str, position: str, notes: str
) -> None:
    company = await service.company(name, notes=notes)
    await service.person(company, name, position=position)
    for what in ("companies", "people"):
        for format_ in ("csv", "xlsx"):
            content = await text_of(service, f"/export?what={what}&format={format_}&company={company['id']}")
            counts = (await previewed(service, what, content))["counts"]
            assert counts == {"create": 0, "update": 0, "skip": 1, "error": 0}


async def test_an_export_holds_only_what_its_reader_may_see(service: Service) -> None:
    mine, other = await service.company(unique("ООО А")), await service.company(unique("ООО Б"))
    await service.person(mine, "Видимый")
    await service.person(other, "Невидимый")
    limited = somebody("specialist", mine["id"])
    for query in ("what=people", f"what=people&company={other['id']}", "what=companies", "what=licences"):
        content = (await text_of(service, f"/export?{query}", who=limited)).decode()
        assert other["name"] not in content
        assert "Невидимый" not in content
    assert "Видимый" in (await text_of(service, "/export?what=people", who=limited)).decode()
    nothing = await text_of(service, f"/export?what=companies&company={other['id']}", who=limited)
    absent = await text_of(service, f"/export?what=companies&company={new_id()}", who=limited)
    assert nothing == absent


@pytest.mark.parametrize(
    "query",
    [
        "",
        "what=passwords",
        "what=people&format=pdf",
        "what=people&lang=xx",
        "what=people&company=1",
        "what=people&q=1",
    ],
)
async def test_an_export_that_is_not_offered_is_refused(service: Service, query: str) -> None:
    assert (await service.call("GET", f"/export?{query}")).status == 422
