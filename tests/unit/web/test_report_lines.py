"""The way from a figure of a report to its tickets."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from contracts.reports_http import AgeRow, Handled, LinePage
from gateway.web.reports.report_views import NARROWER, narrower_in
from gateway.web.reports.shown import lines
from gateway.web.reports.words import STAFF_FIGURES
from tests.unit.reporting import reports
from tests.unit.web.test_reports import all_reports, shown


def test_a_median_leads_to_the_tickets_it_is_taken_over_and_of_many_to_where_it_stands() -> None:
    report = all_reports("plain")["effectiveness"]
    html = shown("effectiveness", report)
    assert f"staff={reports.ORLOV.id}&amp;figure=reaction_time#median" in html
    assert "figure=assigned_time#median" in html
    speed = report.from_registration  # type: ignore[attr-defined]
    many = report.model_copy(update={"from_registration": speed.model_copy(update={"tickets": 101})})
    wanted = f"figure=reaction_time&amp;at_most={speed.median}#median"
    assert (wanted in html, wanted in shown("effectiveness", many)) == (False, True)


def _behind(found: dict[str, Any], **asked: str) -> str:
    narrower = narrower_in({"figure": "reaction_time", **asked})
    return shown("effectiveness", None, **dict[str, Any](lines(found, narrower), template="lines"))


def test_a_median_stands_where_its_ticket_is_and_what_is_narrower_is_said() -> None:
    items = [
        reports.line(number).model_copy(update={"reaction_minutes": minutes})
        for number, minutes in enumerate((90, 40, 40, 7, 1))
    ]
    speed = reports.effectiveness_report(reports.ORLOV).from_registration
    page = LinePage(items=items, speed=speed.model_copy(update={"tickets": 5, "median": 40, "p90": 90}))
    html = _behind(page.model_dump(mode="json"), weekday="1", hour="9", at_most="90")
    marks = re.findall(r'id="(p90|median)"|/tickets/(\d+)"', html.partition("<tbody")[2])
    assert [mark or int(number) for mark, number in marks] == ["p90", 0, "median", 1, 2, 3, 4]
    assert "Вт 9:00–9:59" in html
    assert "weekday=1&amp;hour=9&amp;at_most=40#median" in html


def test_the_figures_of_the_faq_lead_to_their_tickets() -> None:
    html = shown("articles", reports.articles_report()).replace("&amp;", "&")
    key, category = reports.ARTICLE.id, "%D0%9F%D0%B5%D1%87%D0%B0%D1%82%D1%8C"
    of_one = f"category={category}&figure=handled_time"
    assert f"{of_one}&exactly=true&article={key}#median" in html
    assert f"{of_one}&at_most=40&exactly=true&without_article={key}#median" in html
    assert f"figure=used&article={key}&use=inserted" in html
    assert "figure=used&article" in html
    assert 'figure=used"' in html
    assert "use=linked" not in html


def test_handling_times_say_of_which_article_and_where_their_median_stands() -> None:
    items = [reports.line(number, minutes=minutes) for number, minutes in enumerate((90, 40, 5))]
    page = LinePage(items=items, handled=Handled(tickets=3, median=40), article=reports.ARTICLE)
    asked = {"figure": "handled_time", "without_article": str(reports.ARTICLE.id)}
    narrower = narrower_in(asked, STAFF_FIGURES, ("figure", "article", "without_article", "use"))
    assert narrower_in(asked)["figure"] == "received"
    found = lines(page.model_dump(mode="json"), {**dict.fromkeys(NARROWER, ""), **narrower})
    html = shown("articles", None, **found, template="lines")
    marks = re.findall(r'id="(p90|median)"|/tickets/(\d+)"', html.partition("<tbody")[2])
    assert [mark or int(number) for mark, number in marks] == [0, "median", 1, 2]
    assert f"Без статьи: «{reports.ARTICLE.title}»" in html
    assert "90 %" not in html


def test_all_tickets_of_a_candidate_are_its_own_with_and_without_equipment() -> None:
    report = reports.categories_report()
    assert report.candidates[0].equipment
    bare = report.candidates[0].model_copy(update={"equipment": None})
    html = shown("categories", report.model_copy(update={"candidates": [*report.candidates, bare]}))
    links = [unescape(link) for link in re.findall(r'href="([^"]*)">все</a>', html)]
    assert f"equipment={report.candidates[0].equipment.id}" in links[0]
    assert [("without_equipment=true" in link) for link in links] == [False, True]


def test_where_there_is_no_ticket_nothing_leads_to_none() -> None:
    report = reports.backlog_report()
    ages = [AgeRow(age="day", tickets=4), AgeRow(age="week", tickets=0)]
    html = shown("backlog", report.model_copy(update={"ages": ages}))
    assert "age=day" in html
    assert "age=week" not in html
    assert "до недели" in html
