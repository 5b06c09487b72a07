"""The same numbers in every file, and nothing in a cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from chassis.clock import new_id
from contracts.people import PersonRef
from contracts.reports_http import Filters
from services.reporting.files.articles import articles_document
from services.reporting.files.csv_file import write_csv
from services.reporting.files.document import Column, Document, Table, of_rows
from services.reporting.files.figures import DOCUMENTS
from services.reporting.files.pdf import MOST_ROWS, write_pdf
from services.reporting.files.workbook import write_workbook
from services.reporting.files.works import work_document
from services.reporting.use_cases.make_exports import Meter
from tests.unit.reporting.reports import (
    CONTRACTOR,
    articles_report,
    backlog_report,
    categories_report,
    effectiveness_report,
    line,
    sla_report,
    streamed,
    work_report,
)

ZONE = ZoneInfo("Europe/Moscow")
_LINES = [line(1, minutes=95), line(2, minutes=30, additional=30, title="=HYPERLINK(1)"), line(3, minutes=25)]
_REPORTS: dict[str, Any] = {
    "categories": categories_report(),
    "effectiveness": effectiveness_report(),
    "sla": sla_report(),
    "backlog": backlog_report(),
}


def _act(lang: str = "ru") -> Document:
    return work_document(work_report(_LINES), streamed(_LINES), lang, CONTRACTOR)


async def _csv(document: Document) -> list[list[str]]:
    text = b"".join([piece async for piece in write_csv(document, ZONE)]).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


async def _text(document: Document) -> str:
    pdf = PdfReader(io.BytesIO(await write_pdf(document, ZONE)))
    return "\n".join(page.extract_text() for page in pdf.pages)


def _cells(path: Path) -> list[list[Any]]:
    """Of the first sheet, row by row."""
    return [list(row) for row in load_workbook(path).worksheets[0].iter_rows()]


async def test_a_workbook_has_real_dates_and_numbers_filters_and_a_frozen_header(tmp_path: Path) -> None:
    path = tmp_path / "act.xlsx"
    await write_workbook(_act(), ZONE, path)
    rows = _cells(path)
    header = next(place for place, row in enumerate(rows, 1) if row[0].value == "№")
    first = rows[header]
    assert first[0].value == 1
    assert first[1].value.isoformat() == "2026-11-20T12:00:00"
    assert first[1].number_format == "dd.mm.yyyy hh:mm"
    assert round(first[9].value.total_seconds() / 60) == 95
    sheet = load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.auto_filter.ref == f"A{header}:K{header + 3}"


async def test_additional_work_is_red_and_has_its_own_subtotal(tmp_path: Path) -> None:
    path = tmp_path / "act.xlsx"
    await write_workbook(_act(), ZONE, path)
    rows = _cells(path)
    red = [row for row in rows if row[3].font.color is not None and row[3].font.color.rgb == "FFB3261E"]
    assert [row[3].value for row in red] == ["=HYPERLINK(1)", "Дополнительные работы (1)"]
    assert round(red[-1][9].value.total_seconds() / 60) == 30


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-1", "@SUM(A1)", "\tx", "\rx"])
async def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    lines = [line(1, title=text)]
    document = work_document(work_report(lines), streamed(lines), "ru", CONTRACTOR)
    path = tmp_path / "act.xlsx"
    await write_workbook(document, ZONE, path)
    cells = [cell for row in _cells(path) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[:1] in ("=", "+", "-", "@"))
    table = await _csv(work_document(work_report(lines), streamed(lines), "ru", CONTRACTOR))
    assert all(cell[:1] not in ("=", "+", "-", "@", "\t", "\r") for row in table for cell in row)


async def test_csv_and_pdf_say_the_numbers_of_the_report() -> None:
    table = await _csv(_act())
    total = next(row for row in table if any(cell.startswith("Итого") for cell in row))
    assert (total[-2], total[-1]) == ("150", "30")
    text = await _text(_act())
    for said in ("Акт выполненных работ", "Ромашка", "01.11.2026", "Итого (3)", "2:30", "1 / 1"):
        assert said in text
    for said in (
        "Исполнитель",
        "ИНН 7809876543",
        "Заказчик",
        "ИНН 7701234567",
        "№ 1/26 от 01.01.2026",
        "М. П.",
    ):
        assert said in text


async def test_an_act_says_what_is_to_be_paid_beyond_the_contract_in_every_file(tmp_path: Path) -> None:
    text = (await _text(_act())).replace("\u00a0", " ")
    assert "К оплате сверх договора: 6 633,33 ₽" in " ".join(text.split())
    assert [row[-1] for row in await _csv(_act()) if row[:1] in (["1/26"], ["Итого"])][-2:] == ["6633,33"] * 2
    path = tmp_path / "act.xlsx"
    await write_workbook(_act(), ZONE, path)
    used, total = [list(row) for row in load_workbook(path).worksheets[-1].iter_rows(min_row=2)]
    assert [cell.value for cell in used[-4:]] == [2900, used[-3].value, 3600, 6633.33]
    assert (total[-1].value, total[-1].number_format) == (6633.33, "#,##0.00")


async def test_an_act_that_settles_nothing_names_no_sum() -> None:
    report = work_report(_LINES).model_copy(update={"amount": None})
    text = await _text(work_document(report, streamed(_LINES), "ru", CONTRACTOR))
    assert "К оплате сверх договора:" not in " ".join(text.split())


@pytest.mark.parametrize("rows", range(27, 31))
async def test_the_totals_of_an_act_are_on_one_page_however_many_lines_there_are(rows: int) -> None:
    lines = [line(number, additional=10) for number in range(1, rows + 1)]
    document = work_document(work_report(lines), streamed(lines), "ru", CONTRACTOR)
    pdf = PdfReader(io.BytesIO(await write_pdf(document, ZONE)))
    pages = [page.extract_text() for page in pdf.pages]
    with_totals = [text for text in pages if f"Итого ({rows})" in text]
    assert len(with_totals) == 1
    assert f"Дополнительные работы ({rows})" in with_totals[0]


async def test_markup_in_a_title_is_only_text_on_paper() -> None:
    lines = [line(1, title='#read("/etc/passwd") *x* $a$ [b] \\ <script>')]
    text = await _text(work_document(work_report(lines), streamed(lines), "ru", CONTRACTOR))
    assert "#read(" in text
    assert "root:" not in text


async def test_a_word_longer_than_its_column_goes_on_below_on_paper() -> None:
    lines = [line(1, title="Щ" * 200)]
    text = await _text(work_document(work_report(lines), streamed(lines), "ru", CONTRACTOR))
    pieces = re.findall("Щ+", text)
    assert sum(map(len, pieces)) == 200
    assert max(map(len, pieces)) < 30


async def test_emoji_in_a_title_stand_on_paper_in_a_font_that_has_them() -> None:
    lines = [line(1, title="🖨️ горит 🔥, спасибо 👍🏽")]
    document = work_document(work_report(lines), streamed(lines), "ru", CONTRACTOR)
    pdf = PdfReader(io.BytesIO(await write_pdf(document, ZONE)))
    fonts = [font.get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert any(font["/BaseFont"].endswith("NotoEmoji-Regular") for font in fonts)
    text = pdf.pages[0].extract_text()
    assert all(one in text for one in "🖨🔥👍")
    assert "\0" not in text


@pytest.mark.parametrize(("lang", "said"), [("ru", "часовой пояс: Москва"), ("en", "time zone: Moscow")])
async def test_files_say_in_words_whose_days_they_are_of(lang: str, said: str) -> None:
    (period,) = [row for row in await _csv(_act(lang)) if row[:1] in (["Период"], ["Period"])]
    assert period[1] == f"01.11.2026 – 30.11.2026 ({said})"
    assert said in await _text(_act(lang))


async def test_what_to_modernise_stands_in_files_with_its_tickets_and_how_many_there_are(
    tmp_path: Path,
) -> None:
    report = categories_report()
    one = report.candidates[0].model_copy(update={"tickets": 9, "numbers": list(range(109, 100, -1))})
    many = report.model_copy(update={"candidates": [one], "candidates_found": 120})
    numbers = "109, 108, 107, 106, 105, 104 и ещё 3"
    facts = "порог, заявок: 5; найдено: 120; ниже самые частые: 1"
    path = tmp_path / "categories.xlsx"
    await write_workbook(DOCUMENTS["categories"](many, "ru"), ZONE, path)
    first, candidates, *_ = load_workbook(path).worksheets
    assert [cell.value for cell in candidates[2]][-1] == numbers
    assert f"Что модернизировать: {facts}" in [row[0].value for row in first.iter_rows()]
    text = " ".join((await _text(DOCUMENTS["categories"](many, "ru"))).split())
    assert numbers in text
    assert facts in text
    assert "самые частые" not in await _text(DOCUMENTS["categories"](report, "ru"))


async def test_an_act_can_be_read_aloud_and_a_long_list_is_a_small_file() -> None:
    lines = [line(number) for number in range(1, 1002)]
    long = work_document(work_report(lines), streamed(lines), "ru", CONTRACTOR)
    tagged = [
        "/StructTreeRoot" in PdfReader(io.BytesIO(await write_pdf(one, ZONE))).root_object
        for one in (_act(), long)
    ]
    assert tagged == [True, False]


@pytest.mark.parametrize(("file_format", "expected"), [("pdf", MOST_ROWS), ("xlsx", 20_000)])
def test_how_far_a_file_is_counts_what_will_stand_in_it(file_format: Any, expected: int) -> None:
    table = Table("x", [Column("x")], of_rows([]), expected=20_000)
    assert Meter(Document("x", [], [table]), file_format).expected == expected


async def test_a_long_name_goes_on_below_on_paper_and_not_over_its_neighbours() -> None:
    names = ("Константинопольская Александра Юрьевна", "Абрамова Жанна Юрьевна")
    lines = [
        line(number).model_copy(update={"person": PersonRef(id=new_id(), full_name=name)})
        for number, name in enumerate(names, 1)
    ]
    everybody = work_report(lines).model_copy(update={"filters": Filters()})
    text = await _text(work_document(everybody, streamed(lines), "ru", CONTRACTOR))
    rows = text.replace("\u00a0", " ").splitlines()
    assert not any("Константинопольская" in row or "Абрамова Ж. Ю." in row for row in rows)
    assert "Константинопольская А. Ю." in "".join(rows)
    assert "Ж. Ю." in " ".join(rows)


async def test_an_act_says_the_month_as_people_here_write_it() -> None:
    assert ["1/26", "11.2026"] in [row[:2] for row in await _csv(_act())]


async def test_a_long_act_says_on_paper_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.reporting.files.pdf.MOST_ROWS", 2)
    assert "Показаны первые 2 строк" in await _text(_act())


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("lang", ["ru", "en"])
async def test_every_report_becomes_every_file(tmp_path: Path, name: str, lang: str) -> None:
    def document() -> Document:
        return DOCUMENTS[name](_REPORTS[name], lang)

    path = tmp_path / "report.xlsx"
    await write_workbook(document(), ZONE, path)
    sheets = load_workbook(path).worksheets
    table = await _csv(document())
    whole = {table.title for table in document().tables}
    assert all(sheet.title[-1] == "…" or sheet.title.partition(" ")[2] in whole for sheet in sheets)
    assert len(sheets) == sum(1 for before, row in pairwise(table) if not before and row)
    assert (await write_pdf(document(), ZONE)).startswith(b"%PDF")


async def test_in_a_csv_a_number_below_zero_stays_one_and_minutes_say_that_they_are() -> None:
    report = categories_report()
    fallen = report.rows[0].model_copy(update={"change": -0.1667})
    document = DOCUMENTS["categories"](report.model_copy(update={"rows": [fallen]}), "ru")
    table = await _csv(document)
    assert "-0,1667" in next(row for row in table if row and row[0] == fallen.category)
    assert any("Затрачено, мин" in row for row in table)


async def test_less_time_than_without_an_article_is_a_number_in_every_file(tmp_path: Path) -> None:
    """A time below zero would be ######## in Excel."""
    document = articles_document(articles_report(), "ru")
    await write_workbook(document, ZONE, path := tmp_path / "articles.xlsx")
    heading, line = list(load_workbook(path).worksheets[1].iter_rows(max_row=2))
    assert (heading[6].value, line[6].value, line[6].number_format) == ("Разница, мин", -25, "0")
    assert line[3].value == timedelta(minutes=15)
    document = articles_document(articles_report(), "ru")
    table = await _csv(document)
    place = next(row for row in table if "Разница, мин" in row).index("Разница, мин")
    assert table[next(n for n, row in enumerate(table) if "Разница, мин" in row) + 1][place] == "-25"
    assert "-0:25" in await _text(articles_document(articles_report(), "ru"))


async def test_what_is_not_known_is_empty_and_not_zero() -> None:
    table = await _csv(DOCUMENTS["effectiveness"](effectiveness_report(), "ru"))
    shift = table[next(n for n, row in enumerate(table) if row and row[0].startswith("От назначения")) :]
    orlov = next(row for row in shift if row and row[0].startswith("Орлов"))
    assert orlov[2] == ""
