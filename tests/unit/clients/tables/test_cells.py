"""Cells: formulas made harmless and back, and what they are read as."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.cells import csv_lines, defused, plain_of, quoted_again
from contracts.text import clean_prose
from services.clients.domain.tables.csv_file import read_csv
from services.clients.domain.tables.errors import RowError
from services.clients.domain.tables.field import TABLES, Field
from services.clients.domain.tables.sheet import tidy
from services.clients.domain.tables.workbook import WorkbookWriter, read_workbook

# What the registry keeps: cleaned text, here with a liking for what spreadsheets misread.
_KEPT = st.text(max_size=40) | st.text(alphabet="'=+-@\t\r\n\";, x", max_size=12)
_ROWS = st.lists(st.lists(_KEPT.map(clean_prose), min_size=3, max_size=3), min_size=1, max_size=6)
_HEADERS = ["один", "два", "три"]


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-5", "@SUM(A1)", "\tx", "\rx", "'=1", "''-1"])
def test_what_would_be_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ООО", "it's", "'quoted'", "a=b", "1+1"])
def test_other_text_stands_as_it_is(text: str) -> None:
    assert defused(text) == quoted_again(text) == text


@given(_KEPT)
def test_an_apostrophe_of_ours_is_taken_off_again_and_no_other(text: str) -> None:
    assert plain_of(defused(text)) == text
    assert plain_of(quoted_again(text)) == text


@given(_ROWS)
def test_what_is_written_as_csv_is_read_as_it_was(rows: list[list[str]]) -> None:
    written = csv_lines([_HEADERS, *rows])
    parsed = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in parsed for cell in row)
    _assert_same(rows, written.encode("utf-8-sig"), read_csv)


@given(_ROWS)
def test_what_is_written_as_a_workbook_is_read_as_it_was(rows: list[list[str]]) -> None:
    rows = [[cell.replace("\ufffe", "").replace("\uffff", "") for cell in row] for row in rows]
    writer = WorkbookWriter("people", _HEADERS)
    writer.add(rows)
    with writer.finish() as file:
        _assert_same(rows, file.read(), read_workbook)


def _assert_same(rows: list[list[str]], content: bytes, read: object) -> None:
    """Rows of nothing are left out."""
    said = [row for row in rows if any(cell.strip(" \n") for cell in row)]
    if not said:
        return
    sheet = read(content)  # type: ignore[operator]
    assert sheet.headers == _HEADERS
    read_back = [(line.cells + [""] * 3)[:3] for line in sheet.lines]
    assert [[clean_prose(tidy(cell)) for cell in row] for row in read_back] == said


@pytest.mark.parametrize("written", ["да", "Да", "YES", "1", "+", "истина", "true"])
def test_yes_is_said_in_many_ways(written: str) -> None:
    assert Field("a", ("a", "a"), "flag").read(written) is True


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("31.12.2026", "2026-12-31"),
        ("1.2.2026", "2026-02-01"),
        ("2026-12-31", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
    ],
)
def test_days_are_read_as_people_write_them(written: str, read: str) -> None:
    assert Field("a", ("a", "a"), "day").read(written) == read


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("flag", "maybe"),
        ("number", "-1"),
        ("number", "1.5"),
        ("number", "9" * 20),
        ("day", "завтра"),
        ("day", "2026"),
    ],
)
def test_what_cannot_be_read_says_which_field(kind: str, written: str) -> None:
    with pytest.raises(RowError, match=r"^seats: "):
        Field("seats", ("a", "a"), kind).read(written)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_written_of_a_value_reads_back_as_it(language: str) -> None:
    for kind, value, read in (
        ("flag", True, True),
        ("flag", False, False),
        ("number", 15, 15),
        ("day", date(2026, 2, 1), "2026-02-01"),
        ("list", ["a", "b"], ["a", "b"]),
        ("text", "x", "x"),
    ):
        field = Field("a", ("a", "a"), kind)  # type: ignore[arg-type]
        assert field.read(field.write(value, language)) == read  # type: ignore[arg-type]
    assert Field("a", ("a", "a")).write(None, "ru") == ""


def test_no_table_calls_two_fields_alike() -> None:
    for table in TABLES.values():
        for language in (0, 1):
            titles = [field.titles[language] for field in table.fields]
            assert len(titles) == len(set(titles))
        assert table.name in table.names
