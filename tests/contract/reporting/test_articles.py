"""The report of the FAQ on real data: against a plain count of the same tickets, and for whom it is."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from chassis.clock import new_id
from contracts.faq import ArticlePublished, ArticleUsed, ArticleWithdrawn
from contracts.history import HistoryTold
from contracts.people import Author
from contracts.reports_http import ArticlesReport
from contracts.tickets import Status
from services.reporting.domain.quantiles import median
from tests.contract.reporting.conftest import BOSS, EMPLOYEE, LIMITED, MANAGER, ZONE, Reporting
from tests.unit.reporting.histories import BEGIN, COMPANIES, shuffled, story

FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)
PATH = f"/reports/articles?from={FIRST}&to={LAST}"
JAM, NET, GONE = (UUID(int=n) for n in (1, 2, 3))
SOMEBODY = Author(kind="staff", id=BOSS.id, full_name=BOSS.full_name)


def use(article: UUID, ticket: int | None, kind: Any = "inserted") -> ArticleUsed:
    return ArticleUsed(
        id=article, version=1, use_id=new_id(), title="…", kind=kind, ticket=ticket, by=SOMEBODY
    )


class Told:
    def __init__(self, reporting: Reporting, ends: list[HistoryTold], uses: dict[int, set[UUID]]) -> None:
        self.reporting, self.ends, self.uses = reporting, ends, uses

    def solved(self, category: str) -> dict[int, int]:
        """Received in the period, solved, with minutes: what of each is in the log."""
        found = {}
        for end in self.ends:
            day = end.ticket.received_at.astimezone(ZONE).date()
            is_solved = end.ticket.status in (Status.RESOLVED, Status.CLOSED)
            minutes = sum(one.minutes for one in end.work)
            if FIRST <= day <= LAST and is_solved and minutes and end.ticket.category == category:
                found[end.ticket.number] = minutes
        return found


@pytest.fixture
async def told(reporting: Reporting) -> Told:
    rnd = random.Random(11)
    stories = [story(number, rnd) for number in range(1, 161)]
    await reporting.hear(shuffled(stories, rnd))
    await reporting.fold()
    shelf, uses = reporting.archive.shelf, {}
    for key, category in ((JAM, "Печать"), (NET, "Сеть $1.5 | %"), (GONE, "~")):
        await shelf.hear_article(
            ArticlePublished(id=key, version=1, title=f"О {category}", category=category, visibility="public")
        )
    await shelf.hear_article(ArticleWithdrawn(id=GONE, version=2, title="О ~"))
    moment = datetime(2026, 10, 15, 12, tzinfo=BEGIN.tzinfo)
    for number in range(1, 161):
        uses[number] = {key for key in (JAM, NET) if rnd.random() < 0.3}
        for key in uses[number]:
            deed = use(key, number)
            for _ in range(2):
                await shelf.hear_use(deed, moment)
    for _ in range(3):
        await shelf.hear_use(use(JAM, None, "helped"), moment)
    await shelf.hear_use(use(NET, None, "helped"), moment + timedelta(days=60))
    return Told(reporting, [one.end for one in stories], uses)


async def test_it_agrees_with_a_plain_count(told: Told) -> None:
    report = await told.reporting.report(PATH)
    ArticlesReport.model_validate(report)
    rows = {UUID(row["article"]["id"]): row for row in report["rows"]}
    assert rows.keys() == {JAM, NET}
    assert report["uses"] == sum(len(keys) for keys in told.uses.values())
    assert (rows[JAM]["helped"], rows[NET]["helped"], report["helped"]) == (3, 0, 3)
    compared = 0
    for key, row in rows.items():
        for one in row["comparisons"]:
            solved = told.solved(one["category"])
            with_it = Counter(m for number, m in solved.items() if key in told.uses[number])
            others = Counter(m for number, m in solved.items() if key not in told.uses[number])
            assert one["with_article"] == {"tickets": with_it.total(), "median": median(with_it)}
            assert one["without"] == {"tickets": others.total(), "median": median(others)}
            compared += 1
    assert compared >= 4
    names = [one["category"] for one in report["uncovered"]]
    assert "Печать / Картриджи" in names
    assert "~" in names
    assert "Печать" not in names


async def test_it_is_limited_as_all_reports_are(told: Told) -> None:
    company = COMPANIES[0]
    own = {end.ticket.number for end in told.ends if end.ticket.company.id == company.id}
    uses = sum(len(keys) for number, keys in told.uses.items() if number in own)
    for path, who in ((f"{PATH}&company={company.id}", BOSS), (PATH, LIMITED)):
        report = await told.reporting.report(path, who=who)
        assert (report["uses"], report["helped"]) == (uses, None)
        assert {row["helped"] for row in report["rows"]} == {None}
    other = await told.reporting.report(f"{PATH}&company={COMPANIES[1].id}", who=LIMITED)
    assert (other["rows"], other["uncovered"]) == ([], [])


async def test_it_is_for_staff_alone(told: Told) -> None:
    for who in (MANAGER, EMPLOYEE):
        assert (await told.reporting(PATH, who=who)).status == 403
        file = PATH.replace("/articles?", "/articles/file?") + "&format=csv"
        assert (await told.reporting(file, who=who)).status == 403


async def test_files_hold_the_same_numbers(told: Told) -> None:
    report = await told.reporting.report(PATH)
    answer = await told.reporting(PATH.replace("/articles?", "/articles/file?") + "&format=csv")
    assert answer.status == 200
    lines = answer.content.decode("utf-8-sig").splitlines()
    (first, *_) = report["rows"]
    title = first["article"]["title"]
    assert any(line.startswith(title) and f"{first['inserted']}" in line for line in lines)
    xlsx = await told.reporting(PATH.replace("/articles?", "/articles/file?") + "&format=xlsx")
    assert xlsx.content[:2] == b"PK"
