"""The report of the FAQ on real data: against a plain count of the same tickets, and for whom it is."""

from __future__ import annotations

import io
import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import openpyxl
import pypdf
import pytest

from chassis.clock import new_id
from contracts.faq import ArticlePublished, ArticleUsed, ArticleWithdrawn, SearchMissed
from contracts.history import HistoryTold
from contracts.people import Author
from contracts.reports_http import ArticlesReport
from contracts.tickets import Status
from services.reporting.domain.quantiles import median
from tests.contract.clients.service import eventually
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
    said = [
        (SearchMissed(id=UUID(int=30 + number), version=version, query=query), moment + timedelta(days=day))
        for number, (query, day) in enumerate(
            (("шлюпбалка", 0), ("шлюпбалка", 1), ("=якорь", 2), ("поздно", 60))
        )
        for version, query in ((1, query[:4]), (2, query))
    ]
    for missed, at in rnd.sample(said * 2, len(said) * 2):
        await shelf.hear_miss(missed, at)
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
    assert [(one["query"], one["count"]) for one in report["misses"]] == [("шлюпбалка", 2), ("=якорь", 1)]


async def test_its_figures_lead_to_their_tickets(told: Told) -> None:
    report = await told.reporting.report(PATH)
    assert {one["number"] for one in await behind(told, figure="used")} == {
        number for number, keys in told.uses.items() if keys
    }
    for row in report["rows"]:
        own = {"article": row["article"]["id"]}
        key = UUID(own["article"])
        used = [one["number"] for one in await behind(told, figure="used", use="inserted", **own)]
        assert used == sorted(number for number, keys in told.uses.items() if key in keys)
        assert len(used) == row["inserted"]
        assert await behind(told, figure="used", use="linked", **own) == []
        for one in row["comparisons"]:
            for side, whose in (("with_article", "article"), ("without", "without_article")):
                where = {"category": one["category"], "exactly": "true", whose: row["article"]["id"]}
                lines = await behind(told, figure="handled_time", **where)
                is_with = side == "with_article"
                solved = told.solved(one["category"])
                wanted = {n: m for n, m in solved.items() if (key in told.uses[n]) is is_with}
                assert {line["number"]: line["minutes"] for line in lines} == wanted
                minutes = [line["minutes"] for line in lines]
                assert minutes == sorted(minutes, reverse=True)
                page = await told.reporting.report(lines_path(figure="handled_time", **where))
                assert (page["handled"], page["article"]) == (one[side], row["article"])
                if minutes:
                    at_most = {"at_most": one[side]["median"]}
                    begun = await behind(told, figure="handled_time", **where, **at_most)
                    assert begun == [line for line in lines if line["minutes"] <= one[side]["median"]]


async def test_handling_times_are_told_of_one_side_of_one_category_only(told: Told) -> None:
    of_one = {"figure": "handled_time", "category": "Печать", "exactly": "true"}
    whole = await told.reporting.report(lines_path(**of_one))
    assert whole["handled"]["tickets"] == len(told.solved("Печать"))
    for more in ({"priority": "high"}, {"weekday": 1}, {"article": JAM, "without_article": NET}):
        assert (await told.reporting.report(lines_path(**of_one, **more)))["handled"] is None
    assert (await told.reporting.report(lines_path(figure="handled_time")))["handled"] is None


async def test_which_tickets_an_article_was_used_for_is_for_staff_alone(told: Told) -> None:
    for narrower in ({"figure": "used"}, {"figure": "handled_time"}, {"article": JAM}):
        assert (await told.reporting(lines_path(**narrower), who=MANAGER)).status == 403
    seen = await told.reporting.report(lines_path(figure="used"), who=LIMITED)
    assert {line["company"]["id"] for line in seen["items"]} == {str(COMPANIES[0].id)}


def lines_path(**narrower: Any) -> str:
    return f"{PATH.replace('/articles?', '/lines?')}&{urlencode({'limit': 20, **narrower})}"


async def behind(told: Told, **narrower: Any) -> list[dict[str, Any]]:
    pages = [await told.reporting.report(lines_path(**narrower))]
    while pages[-1]["next"]:
        pages.append(await told.reporting.report(lines_path(**narrower, cursor=pages[-1]["next"])))
    return [line for page in pages for line in page["items"]]


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
        wanted = {"report": "articles", "format": "csv"}
        key = str(new_id())
        refused = await told.reporting.call("POST", "/report-exports", wanted, who=who, Idempotency_Key=key)
        assert refused.status == 403


async def test_files_hold_the_same_numbers(told: Told) -> None:
    report = await told.reporting.report(PATH)
    path = PATH.replace("/articles?", "/articles/file?")
    lines = (await told.reporting(path + "&format=csv")).content.decode("utf-8-sig").splitlines()
    (first, *_) = report["rows"]
    assert any(
        line.startswith(f"{first['article']['title']};") and f";{first['inserted']};" in line
        for line in lines
    )
    for one in report["uncovered"]:
        assert any(line.startswith(f"{one['category']};{one['tickets']};") for line in lines), one
    assert any(line.startswith("шлюпбалка;2;16.10.2026") for line in lines)
    book = openpyxl.load_workbook(io.BytesIO((await told.reporting(path + "&format=xlsx")).content))
    assert [tuple(row)[:2] for row in book.worksheets[3].iter_rows(min_row=2, values_only=True)] == [
        (one["query"], one["count"]) for one in report["misses"]
    ]
    pdf = pypdf.PdfReader(io.BytesIO((await told.reporting(path + "&format=pdf")).content))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "шлюпбалка" in text
    assert report["uncovered"][0]["category"] in " ".join(text.split())


async def test_it_is_made_in_the_background_like_any_other(told: Told) -> None:
    wanted = {"report": "articles", "format": "csv", "from": str(FIRST), "to": str(LAST)}
    asked = await told.reporting.call("POST", "/report-exports", wanted, Idempotency_Key=str(new_id()))
    assert (asked.status, asked.body["report"]) == (202, "articles")
    path = f"/report-exports/{asked.body['id']}"

    async def is_ready() -> bool | None:
        return (await told.reporting(path)).body["state"] == "ready" or None

    await eventually(is_ready)
    file = await told.reporting(path + "/file")
    assert "шлюпбалка;2" in file.content.decode("utf-8-sig")


async def test_an_article_stands_where_its_category_went(reporting: Reporting) -> None:
    shelf = reporting.archive.shelf
    said = ArticlePublished(id=JAM, version=1, title="Замяло", category="Печать", visibility="public")
    moved = said.model_copy(update={"version": 2, "category": "Принтеры"})
    gone = ArticleWithdrawn(id=NET, version=3, title="Сеть", category="Сети")
    older = ArticleWithdrawn(id=NET, version=4, title="Сеть")
    for one in (moved, said, moved, gone, gone, older):
        await shelf.hear_article(one)
    assert {(one.id, one.category) for one in await shelf.all()} == {(JAM, "Принтеры"), (NET, "Сети")}
