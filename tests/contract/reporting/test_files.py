"""Reports as files over HTTP: the numbers of the report, all of its lines, and of the same companies only."""

from __future__ import annotations

import csv
import io
import random

import pytest
from openpyxl import load_workbook

from tests.contract.reporting.conftest import EMPLOYEE, LIMITED, Reporting
from tests.unit.reporting.histories import COMPANIES, shuffled, story

_PERIOD = "from=2026-08-01&to=2027-06-30"
_MAGIC = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}


@pytest.fixture
async def told(reporting: Reporting) -> Reporting:
    rnd = random.Random(7)
    await reporting.hear(shuffled([story(number, rnd) for number in range(1, 61)], rnd))
    await reporting.fold()
    return reporting


async def test_every_line_and_the_totals_are_in_the_file(
    told: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.reporting.use_cases.make_files._PAGE", 10)
    report = await told.report(f"/reports/work?{_PERIOD}&limit=1")
    totals = report["totals"]
    assert totals["tickets"] > 20, "more than one page of lines"
    answer = await told(f"/reports/work/file?{_PERIOD}&format=csv")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    header = next(place for place, row in enumerate(table) if row and row[0] == "№")
    end = next(
        place for place, row in enumerate(table[header:], header) if row and row[3].startswith("Итого")
    )
    lines = table[header + 1 : end]
    assert len(lines) == totals["tickets"]
    assert sum(int(line[-2]) for line in lines) == totals["minutes"] == int(table[end][-2])
    assert sum(int(line[-1] or 0) for line in lines) == totals["additional_minutes"] == int(table[end][-1])
    book = load_workbook(io.BytesIO((await told(f"/reports/work/file?{_PERIOD}&format=xlsx")).content))
    numbers = [row[0] for row in book.worksheets[0].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert numbers == [int(line[0]) for line in lines]


async def test_every_report_is_a_file_of_every_kind(told: Reporting) -> None:
    for name in ("work", "categories", "effectiveness", "sla", "backlog"):
        for kind, magic in _MAGIC.items():
            answer = await told(f"/reports/{name}/file?{_PERIOD}&format={kind}&lang=en")
            assert answer.status == 200
            assert answer.content.startswith(magic)
            assert answer.headers["Content-Disposition"].endswith(f'2026-08-01-2027-06-30.{kind}"')


async def test_a_file_holds_no_more_than_its_reader_may_see(told: Reporting) -> None:
    path = f"/reports/work/file?{_PERIOD}&format=csv"
    limited = (await told(path, who=LIMITED)).content.decode()
    assert COMPANIES[0].name in limited
    assert COMPANIES[1].name not in limited
    assert (await told(path, who=EMPLOYEE)).status == 403


@pytest.mark.parametrize(
    "path",
    [
        f"/reports/work/file?{_PERIOD}",
        f"/reports/work/file?{_PERIOD}&format=exe",
        f"/reports/work/file?{_PERIOD}&format=pdf&lang=xx",
        f"/reports/salaries/file?{_PERIOD}&format=pdf",
        "/reports/work/file?from=0000-01-01&to=9999-12-31&format=pdf",
    ],
)
async def test_what_is_no_file_is_refused(reporting: Reporting, path: str) -> None:
    assert (await reporting(path)).status == 422
