"""Reports as pages: periods, axes, and what anybody may have typed stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.people import CompanyRef, StaffRef
from contracts.reports_http import Report
from gateway.web.rendering import render
from gateway.web.reports.asked import PERIODS, days_of, read_asked
from gateway.web.reports.charts import PHONE, WIDE, Series, Sheet, columns, nice_ceiling, rows, warmth
from gateway.web.reports.report_views import behind, is_large
from gateway.web.reports.shown import SHOWN
from gateway.web.reports.words import PERIOD_NAMES, REPORTS, STAFF_REPORTS
from tests.unit.reporting import reports
from tests.unit.web.samples import HOSTILE, elements
from tests.unit.web.test_card_pages import VIEWER

TODAY = date(2026, 11, 23)
# How wide a letter of a chart is, as they come.
_LETTER = 6.5


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("month", "2026-11-01", "2026-11-30"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("quarter", "2026-10-01", "2026-12-31"),
        ("last-quarter", "2026-07-01", "2026-09-30"),
        ("year", "2026-01-01", "2026-12-31"),
        ("30-days", "2026-10-25", "2026-11-23"),
    ],
)
def test_a_named_period_moves_with_the_days(period: str, first: str, last: str) -> None:
    assert [day.isoformat() for day in days_of(period, TODAY)] == [first, last]


@given(
    st.dates(date(1995, 1, 1), date(2150, 1, 1)), st.sampled_from([one for one in PERIODS if one != "own"])
)
def test_a_period_begins_before_it_ends_and_all_of_it_is_in_one_address(day: date, period: str) -> None:
    first, last = days_of(period, day)
    assert first <= last
    asked = read_asked({"period": period}, day)
    assert read_asked({"from": asked.query["from"], "to": asked.query["to"]}, TODAY).query == asked.query


def test_days_that_were_changed_beside_a_named_period_are_ones_own() -> None:
    changed = {"period": "month", "was": "month", "from": "2026-11-05", "to": "2026-11-30"}
    assert read_asked(changed, TODAY).query["from"] == "2026-11-05"
    other = {"period": "last-month", "was": "month", "from": "2026-11-01", "to": "2026-11-30"}
    assert read_asked(other, TODAY).query["from"] == "2026-10-01"


@pytest.mark.parametrize(
    "query",
    [
        {"period": "own", "from": "0000-01-01", "to": "9999-12-31"},
        {"period": "own", "from": "2026-12-01", "to": "2026-11-01"},
        {"period": "own", "from": "вчера"},
        {"period": "ever"},
        {"company": "x", "staff": "' or 1"},
    ],
)
def test_an_address_that_says_nothing_possible_opens_this_month(query: dict[str, str]) -> None:
    asked = read_asked(query, TODAY)
    assert (asked.period, asked.query) == ("month", {"from": "2026-11-01", "to": "2026-11-30"})


@given(st.floats(0, 10**9))
def test_an_axis_ends_above_the_highest_value_and_counts_in_steps_one_reads(highest: float) -> None:
    top, step = nice_ceiling(highest)
    assert top >= highest * (1 - 1e-8)
    assert 1 <= top / step <= 6
    assert top / step == round(top / step)
    assert step == int(step)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=400), st.sampled_from([WIDE, PHONE]))
def test_every_column_stands_within_the_axes_and_is_as_high_as_its_value(
    values: list[int], sheet: Sheet
) -> None:
    chart = columns([str(n) for n in range(len(values))], [Series("x", "in", values)], sheet=sheet)
    assert chart.right < chart.width == sheet.width
    assert len(chart.bars) == sum(1 for value in values if value)
    for bar in chart.bars:
        assert chart.left <= bar.x
        assert bar.x + bar.width <= chart.right + 0.1
        assert bar.y >= 0
        assert abs(bar.y + bar.height - chart.floor) < 0.05
    assert len(chart.x_ticks) <= sheet.most_labels


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=12), st.sampled_from([WIDE, PHONE]))
def test_every_row_has_room_for_its_name_and_its_value(values: list[int], sheet: Sheet) -> None:
    chart = rows(
        ["Рабочее место / Не включается компьютер"] * len(values), [Series("x", "in", values)], (), sheet
    )
    for bar, label, value in zip(chart.bars, chart.labels, chart.values, strict=True):
        assert len(label.said) * _LETTER <= label.x + _LETTER
        assert bar.x + bar.width <= chart.right + 0.1
        assert value.x + len(value.said) * _LETTER <= chart.width + _LETTER


@pytest.mark.parametrize("name", REPORTS)
def test_every_chart_is_drawn_for_wide_and_for_narrow_screens(name: str) -> None:
    html = shown(name, all_reports("plain")[name])
    assert html.count('class="chart-wide"') == html.count('class="chart-phone"') > 0


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_cell_is_warm_where_something_is(value: int, more: int) -> None:
    assert 0 <= warmth(value, value + more) <= 5
    assert (warmth(value, value + more) == 0) == (value == 0)


def shown(name: str, report: Report | None, *, template: str = "", **others: Any) -> str:
    asked = others.pop("asked", read_asked({}, TODAY))
    found = report.model_dump(mode="json", by_alias=True) if report else None
    context: dict[str, Any] = {
        "viewer": VIEWER,
        "section": "reports",
        "periods": PERIOD_NAMES,
        "companies": {},
        "categories": [],
        "names": {},
        "lines_of_a_page": 100,
        "base": "/reports",
        "zone": "Europe/Moscow",
        **others,
    }
    led = context["behind_figure"] = behind(name, asked, context["base"])
    context |= SHOWN[name](found, "ru", led) if found and name in SHOWN else {}
    return render(
        f"reports/{template or name}.html",
        "ru",
        name=name,
        reports=STAFF_REPORTS,
        asked=asked,
        report=found,
        **context,
    )


def all_reports(said: str) -> dict[str, Report]:
    staff = StaffRef(id=reports.ORLOV.id, full_name=said)
    work = reports.work_report([reports.line(1, title=said), reports.line(2, additional=30)])
    company = CompanyRef(id=reports.COMPANY.id, name=said)
    sla = reports.sla_report(said)
    return {
        "work": work.model_copy(update={"filters": work.filters.model_copy(update={"company": company})}),
        "categories": reports.categories_report(said),
        "effectiveness": reports.effectiveness_report(staff),
        "sla": sla.model_copy(update={"rows": [sla.rows[0].model_copy(update={"company": company})]}),
        "backlog": reports.backlog_report(staff),
    }


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", REPORTS)
def test_hostile_text_in_a_report_is_shown_and_does_nothing(name: str, text: str) -> None:
    hostile, harmless = (elements(shown(name, all_reports(said)[name])) for said in (text, "plain"))
    assert hostile.tags == harmless.tags
    assert hostile.attributes == harmless.attributes


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_that_did_not_come_says_so(name: str) -> None:
    assert "Не удалось загрузить" in shown(name, None)


def test_additional_work_is_red_and_its_figure_leads_to_its_tickets() -> None:
    html = shown("work", all_reports("plain")["work"])
    assert 'class="is-additional"' in html
    assert "figure=additional" in html


def test_what_is_to_be_paid_beyond_a_contract_stands_in_its_row_and_below() -> None:
    html = shown("work", all_reports("plain")["work"]).replace("\xa0", " ")
    assert html.count("6 633,33 ₽") == 2
    assert "figure=worked" in html.partition("Часы по договору")[2].partition("</table>")[0]


def test_where_no_rate_is_agreed_that_is_said_and_no_sum() -> None:
    report = all_reports("plain")["work"]
    unpriced = report.contracts[0].model_copy(update={"rate": 0, "over_amount": None, "amount": None})  # type: ignore[attr-defined]
    html = shown("work", report.model_copy(update={"contracts": [unpriced], "amount": None}))
    assert "ставка не указана" in html
    assert "К оплате сверх договора:" not in html


def test_on_paper_stands_what_the_filters_say_on_the_screen() -> None:
    html = shown("work", all_reports("ООО «Ромашка»")["work"]).replace("\xa0", " ")
    paper = html.partition('class="on-paper"')[2].partition("</div>")[0]
    assert "<h1>Выполненные работы</h1>" in paper
    assert "01.11.2026 – 30.11.2026 · ООО «Ромашка»" in paper


def test_the_times_of_a_report_are_of_its_days_wherever_one_reads_it() -> None:
    late = reports.line(1).model_copy(update={"received_at": datetime(2026, 11, 23, 22, 30, tzinfo=UTC)})
    html = shown("work", reports.work_report([late]))
    assert re.search(r"<time (?![^>]*data-time)[^>]*>24\.11 01:30</time>", html)
    assert "по часовому поясу: Москва" in html
    assert "data-time" not in html.partition('data-report="work"')[2]


def test_today_stands_in_the_backlog_from_the_midnight_of_its_zone_on() -> None:
    report = reports.backlog_report().model_dump(mode="json", by_alias=True)
    flow = [{"day": day, "received": 1, "ended": 0, "open_at_end": 1} for day in ("2026-11-23", "2026-11-24")]
    report |= {"as_of": "2026-11-23T22:30:00Z", "flow": flow}
    chart = SHOWN["backlog"](report, "ru", behind("backlog", read_asked({}, TODAY)))["charts"][0]
    assert len(chart.links) == 2


def test_it_is_said_how_many_are_to_be_modernised_and_that_some_are_not_shown() -> None:
    report = reports.categories_report()
    assert "5 раз и чаще: 1.</p>" in shown("categories", report)
    assert "3 раза и чаще: 1.</p>" in shown("categories", report.model_copy(update={"threshold": 3}))
    assert "Показаны самые частые: 1." in shown(
        "categories", report.model_copy(update={"candidates_found": 120})
    )


def test_of_one_company_it_is_not_said_twice_what_happens_there() -> None:
    report = reports.categories_report()
    assert "Где что случается" in shown("categories", report)
    of_one = read_asked({"company": str(reports.COMPANY.id)}, TODAY)
    assert "Где что случается" not in shown("categories", report, asked=of_one)


def test_two_clocks_beside_one_another_are_told_apart() -> None:
    html = shown("effectiveness", all_reports("plain")["effectiveness"])
    assert "два разных времени" in html


def _of_a_manager(name: str, report: Report) -> str:
    seen = replace(VIEWER, staff=None)
    manager = SimpleNamespace(is_manager=True, confirmed=True, company_name="Ромашка")
    others: dict[str, Any] = {
        "frame": "portal/report.html",
        "viewer": seen,
        "me": manager,
        "problem": "",
        "base": "/portal/reports",
    }
    return shown(name, report, **others)


@pytest.mark.parametrize("name", REPORTS)
def test_a_client_manager_is_led_to_pages_of_the_portal_only(name: str) -> None:
    """And to the files of what is shown: the specialists' pages are closed to a client."""
    html = _of_a_manager(name, all_reports("plain")[name])
    links = re.findall(r'(?:href|action)="(/[^"]*)"', html.partition("<main")[2])
    assert links
    assert {link for link in links if not link.startswith(("/portal/reports", "/api/v1/reports/"))} == set()


def test_what_is_large_is_asked_for_and_made_in_the_background() -> None:
    small = all_reports("plain")["work"].model_dump(mode="json", by_alias=True)
    large = {**small, "totals": {**small["totals"], "tickets": 2001}}
    assert [is_large("work", one) for one in (small, large, None)] == [False, True, False]
    assert not is_large("sla", large)
    html = shown("work", all_reports("plain")["work"], is_large=True, new_key=lambda: "k-1")
    forms = elements(html).tags.count("form")
    assert forms == elements(shown("work", all_reports("plain")["work"])).tags.count("form") + 2
    assert 'name="from" value="2026-11-01"' in html
    assert "format=csv" in html
    assert "format=pdf" not in html
