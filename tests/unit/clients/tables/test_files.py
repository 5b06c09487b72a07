"""Files as they come: encodings, delimiters, headers; and those that mean harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from contracts.import_http import MOST_COLUMNS, MOST_ROWS
from services.clients.domain.tables.csv_file import read_csv
from services.clients.domain.tables.errors import TableError
from services.clients.domain.tables.field import COMPANIES, PEOPLE
from services.clients.domain.tables.matching import must_fit, propose
from services.clients.domain.tables.workbook import is_workbook, read_workbook

_TEXT = "ФИО;Телефон\r\nЁлкина Анна;+7 900\r\n"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHARED_STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_every_usual_encoding_is_recognised(encoding: str) -> None:
    sheet = read_csv(_TEXT.encode(encoding))
    assert sheet.encoding == encoding
    assert sheet.headers == ["ФИО", "Телефон"]
    assert sheet.lines[0].cells == ["Ёлкина Анна", "+7 900"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_delimiter_is_recognised(delimiter: str) -> None:
    sheet = read_csv(f'имя{delimiter}"прочее; и, разное"\n"a\nb"{delimiter}1'.encode())
    assert sheet.delimiter == delimiter
    assert sheet.headers == ["имя", "прочее; и, разное"]
    assert sheet.lines[0].cells == ["a\nb", "1"]


def test_excels_own_word_about_the_delimiter_counts() -> None:
    assert read_csv(b"sep=,\r\na;b,c\r\n1,2").headers == ["a;b", "c"]


def test_rows_keep_their_numbers_and_empty_ones_are_left_out() -> None:
    sheet = read_csv(b"\n\na;b\n1;2\n\n;;\n3;4;\n")
    assert [(line.row, line.cells) for line in sheet.lines] == [(2, ["1", "2"]), (5, ["3", "4"])]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"a;b",
        b"\x00\x01\x02",
        b"a;b\n\x00;1",
        b"\xff\xfea",
        b"\xef\xbb\xbf\xff",
        b"\x98\x98\x98",
        b"\x89PNG\r\n\x1a\n\x00\x00",
    ],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(TableError):
        read_csv(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a\n" + b"1\n" * (MOST_ROWS + 1), "more than 20000 rows"),
        (b"a;b\n" + b";" * MOST_COLUMNS + b"1", "more than 60 cells"),
        (b"a\n" + b"x" * 20_001, "more than 20000 characters"),
        (b"a\n" + b"x" * 200_000, "field larger"),
        (b'a\n"' + b"x;\n" * 100_000, "field larger"),
        (b"a;b\n" + (b"x" * 15_000 + b";" + b"y" * 15_000 + b"\n") * 700, "too much text"),
    ],
)
def test_a_table_without_end_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(TableError, match=says):
        read_csv(content)


def _workbook(*rows: list[object], title: str = "Лист") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_is_read_as_people_see_it() -> None:
    content = _workbook(
        ["Продукт", "Мест", "До", "Когда", "Да", "Доля"],
        ["1С", 10.0, date(2026, 12, 31), datetime(2026, 1, 2, 3, 4), True, 1.5],
        [None, 79161234567.0, None, None, False],
    )
    assert is_workbook(content)
    sheet = read_workbook(content)
    assert sheet.lines[0].cells == ["1С", "10", "2026-12-31", "2026-01-02 03:04:00", "да", "1.5"]
    assert sheet.lines[1].cells == ["", "79161234567", "", "", "нет"]


def test_of_a_formula_nothing_is_computed() -> None:
    sheet = read_workbook(_workbook(["a", "b"], ["x", "=1+1"], ["y", '=HYPERLINK("http://x")']))
    assert [line.cells for line in sheet.lines] == [["x"], ["y"]]


def _with_part(name: str, content: bytes) -> bytes:
    """A good workbook with one part replaced."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_workbook(["a"], ["текст"]))) as good,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.namelist():
            read = good.read(part)
            if part == "[Content_Types].xml":
                read = read.replace(b"</Types>", _SHARED_STRINGS)
            bad.writestr(part, content if part == name else read)
        if name not in good.namelist():
            bad.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("said", ["&b;", "&c;"])
def test_entities_are_refused_in_every_part(part: str, said: str) -> None:
    root = {"sheet1": "worksheet", "sharedStrings": "sst", "workbook": "workbook", "styles": "styleSheet"}
    name = root[part.rpartition("/")[2].removesuffix(".xml")]
    xml = f'{_ENTITIES}<{name} xmlns="{_SPACE}"><si><t>{said}</t></si></{name}>'
    with pytest.raises(TableError, match="cannot be read"):
        read_workbook(_with_part(part, xml.encode()))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TableError, match="unpacks to more"):
        read_workbook(_with_part("xl/media/bomb.bin", b"\0" * (41 * 1024 * 1024)))


def test_a_bomb_of_parts_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(501):
            archive.writestr(f"{number}", b"")
    with pytest.raises(TableError, match="unpacks to more"):
        read_workbook(packed.getvalue())


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = _with_part("xl/worksheets/sheet1.xml", b" " * (50 * 1024 * 1024))
    lying = bomb.replace((50 * 1024 * 1024).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(TableError):
        read_workbook(lying)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>',
        '<row r="-5"><c r="A-5"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>not a day</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row><row r="2"><c r="A2"><v>1e308</v></c></row>',
    ],
)
def test_cells_far_out_or_broken_cost_nothing(rows: str) -> None:
    sheet_data = f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>'
    xml = f'<worksheet xmlns="{_SPACE}">{sheet_data}</worksheet>'
    try:
        sheet = read_workbook(_with_part("xl/worksheets/sheet1.xml", xml.encode()))
    except TableError:
        return
    assert len(sheet.lines) <= 1


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 1000, b"PK\x05\x06" + b"\0" * 18])
def test_a_broken_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(TableError):
        read_workbook(content)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../etc/passwd", b"x")
    with pytest.raises(TableError, match="cannot be read"):
        read_workbook(packed.getvalue())


def test_an_old_workbook_says_what_to_do() -> None:
    with pytest.raises(TableError, match=r"save it as \.xlsx"):
        is_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def test_columns_are_matched_by_their_words_and_near_ones() -> None:
    headers = ["№", "Ф.И.О.", "Организация", "e-mail", "Телефн", "ИНН организации", "Должность", "Прочее"]
    assert propose(headers, PEOPLE) == [
        None, "full_name", "company", "email", "phone", "company_tax_id", "position", None,
    ]  # fmt: skip


def test_a_field_is_proposed_once() -> None:
    assert propose(["Название", "Наименование", "name"], COMPANIES) == ["name", None, None]


def test_what_is_exported_is_matched_by_itself() -> None:
    for language in (0, 1):
        headers = [field.titles[language] for field in PEOPLE.fields]
        assert propose(headers, PEOPLE) == [field.name for field in PEOPLE.fields]


@pytest.mark.parametrize(
    ("matching", "says"),
    [
        (["name"], "there are 2 columns"),
        (["name", "password"], "no field password"),
        (["name", "name"], "one column only"),
        ([None, None], "no column"),
    ],
)
def test_a_matching_that_does_not_fit_is_refused(matching: list[str | None], says: str) -> None:
    with pytest.raises(TableError, match=says):
        must_fit(matching, ["a", "b"], COMPANIES)
