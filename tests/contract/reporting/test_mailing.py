"""Reports by e-mail through a real SMTP server: once each, to whom it may concern, told when it fails."""

from __future__ import annotations

import asyncio
import io
import random
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import UUID

import openpyxl
import pypdf
import pytest
from aiosmtpd.controller import Controller

from chassis.clock import new_id, now
from chassis.principal import Principal
from contracts.faq import SearchMissed
from services.reporting.mailing import SmtpPost
from services.reporting.settings import ReportingSettings
from services.reporting.store import Schedules
from services.reporting.use_cases.make_files import House
from services.reporting.use_cases.send_reports import Office, queue_due, send_next
from tests.contract.reporting.conftest import BOSS, EMPLOYEE, LIMITED, MANAGER, ZONE, Reporting
from tests.contract.serving import Answer, production_settings
from tests.unit.reporting.histories import COMPANIES, shuffled, story
from tests.unit.reporting.reports import CONTRACTOR

SENDER = "desk@helpdesk.example"
DISPATCHER = LIMITED.model_copy(update={"id": new_id(), "roles": ("dispatcher",)})
TO = ["boss@romashka.example", "accounts@romashka.example"]


class Mailbox:
    """What the mail server took; `refuses`: the answer to recipients."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _: Any) -> str:  # noqa: N802
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        read = message_from_bytes(envelope.content, policy=default)
        assert isinstance(read, EmailMessage)
        assert envelope.rcpt_tos == [read["to"]]
        self.letters.append(read)
        return "250 OK"


class Mailing:
    def __init__(self, reporting: Reporting, mailbox: Mailbox, port: int) -> None:
        self.reporting = reporting
        self.mailbox = mailbox
        self._port = port
        self.schedules = Schedules(reporting.kept)

    async def __call__(
        self, method: str, path: str, body: Any = None, *, who: Principal = BOSS, **headers: str
    ) -> Answer:
        return await self.reporting.call(method, path, body, who=who, **headers)

    async def add(self, *, who: Principal = BOSS, **fields: Any) -> dict[str, Any]:
        said = {"name": "Директору", "recipients": TO, "reports": ["work"], "format": "xlsx", **fields}
        answer = await self("POST", "/report-schedules", said, who=who)
        assert answer.status == 201, answer.body
        schedule = dict(answer.body)
        # On the first of a month one that is made today is due today as well.
        since = {"since": _next_first().astimezone(ZONE).date().isoformat()}
        await self.reporting.kept["schedules"].update_one({"_id": UUID(schedule["id"])}, {"$set": since})
        return schedule

    def replica(self) -> Office:
        settings = production_settings(
            ReportingSettings,
            "mongodb://nobody",
            "reporting",
            smtp_host="127.0.0.1",
            smtp_port=self._port,
            smtp_security="none",
            smtp_sender=SENDER,
        )
        return Office(
            self.reporting.archive, self.schedules, SmtpPost(settings), SENDER, ZONE, House(5, CONTRACTOR)
        )

    async def run(self, at: datetime) -> None:
        """Until nothing is due."""
        office = self.replica()
        await queue_due(self.schedules, at, ZONE)
        while await send_next(office, at):
            pass

    async def log(self, schedule: dict[str, Any]) -> list[dict[str, Any]]:
        answer = await self("GET", f"/report-schedules/{schedule['id']}/deliveries")
        return list(answer.body["items"])


@pytest.fixture
async def mailing(reporting: Reporting) -> AsyncIterator[Mailing]:
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, ready_timeout=60)
    await asyncio.to_thread(controller.start)
    yield Mailing(reporting, mailbox, port)
    await asyncio.to_thread(controller.stop)


def _next_first(hour: int = 8) -> datetime:
    """Of the month to come: before it nothing is due."""
    first = (now().astimezone(ZONE).replace(day=1) + timedelta(days=32)).replace(day=1, hour=hour)
    return first.astimezone(UTC)


async def test_two_replicas_send_each_letter_once_though_the_day_was_missed(mailing: Mailing) -> None:
    await mailing.add()
    at = _next_first() + timedelta(days=5)

    async def replica() -> None:
        office = mailing.replica()
        await queue_due(mailing.schedules, at, ZONE)
        while await send_next(office, at):
            pass

    await asyncio.gather(*(replica() for _ in range(4)))
    await replica()
    assert sorted(one["to"] for one in mailing.mailbox.letters) == sorted(TO)


async def test_the_files_of_a_letter_are_what_the_screen_says_of_that_month(mailing: Mailing) -> None:
    rnd = random.Random(7)
    reporting = mailing.reporting
    await reporting.hear(shuffled([story(number, rnd) for number in range(1, 31)], rnd))
    await reporting.fold()
    schedule = await mailing.add(company=str(COMPANIES[0].id), recipients=TO[:1])
    month = "2026-09"
    path = f"/report-schedules/{schedule['id']}/deliveries"
    assert (await mailing("POST", path, {"month": month})).status == 202
    await mailing.run(now())
    shown = await reporting.report(
        f"/reports/work?from={month}-01&to={month}-30&company={COMPANIES[0].id}&limit=200"
    )
    (letter,) = mailing.mailbox.letters
    (attached,) = letter.iter_attachments()
    sheet = openpyxl.load_workbook(io.BytesIO(attached.get_content())).worksheets[0]
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {line["number"] for line in shown["lines"]} <= cells
    assert letter["from"] == SENDER


async def test_a_letter_holds_an_act_that_can_be_read(mailing: Mailing) -> None:
    schedule = await mailing.add(format="pdf", reports=["work", "sla"], recipients=TO[:1])
    await mailing("POST", f"/report-schedules/{schedule['id']}/deliveries", {"month": "2026-10"})
    await mailing.run(now())
    files = list(mailing.mailbox.letters[0].iter_attachments())
    assert [one.get_filename() for one in files] == ["work-2026-10.pdf", "sla-2026-10.pdf"]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files[0].get_content())).pages)
    assert "10.2026" in text


async def test_the_faq_goes_by_mail_too_but_to_no_single_company(mailing: Mailing) -> None:
    missed = SearchMissed(id=new_id(), version=1, query="шлюпбалка")
    await mailing.reporting.archive.shelf.hear_miss(missed, datetime(2026, 10, 7, tzinfo=UTC))
    schedule = await mailing.add(reports=["articles"], recipients=TO[:1])
    path = f"/report-schedules/{schedule['id']}"
    await mailing("POST", f"{path}/deliveries", {"month": "2026-10"})
    await mailing.run(now())
    (attached,) = mailing.mailbox.letters[0].iter_attachments()
    assert attached.get_filename() == "articles-2026-10.xlsx"
    sheets = openpyxl.load_workbook(io.BytesIO(attached.get_content())).worksheets
    assert "шлюпбалка" in {cell.value for row in sheets[-1].iter_rows() for cell in row}
    one = {"company": str(COMPANIES[0].id)}
    said = {"name": "Клиенту", "recipients": TO, "reports": ["work", "articles"], **one}
    for refused in (await mailing("POST", "/report-schedules", said), await mailing("PATCH", path, one)):
        assert (refused.status, refused.body["errors"][0]["field"]) == (422, "reports")


async def test_what_is_refused_is_told_and_can_be_sent_again_once(mailing: Mailing) -> None:
    schedule = await mailing.add(recipients=TO[:1])
    path = f"/report-schedules/{schedule['id']}/deliveries"
    mailing.mailbox.refuses = "550 no such mailbox"
    await mailing.run(_next_first())
    (failed,) = await mailing.log(schedule)
    assert (failed["state"], failed["attempts"]) == ("failed", 1)
    assert failed["problem"] == "550 no such mailbox"
    mailing.mailbox.refuses = ""
    again, key = {"month": failed["month"], "recipient": failed["recipient"]}, str(new_id())
    for _ in range(2):
        assert (await mailing("POST", path, again, Idempotency_Key=key)).status == 202
    await mailing.run(now())
    assert [one["state"] for one in await mailing.log(schedule)].count("sent") == 1
    assert len(mailing.mailbox.letters) == 1


async def test_what_cannot_be_taken_just_now_is_tried_again_later(mailing: Mailing) -> None:
    schedule = await mailing.add(recipients=TO[:1])
    at = _next_first()
    mailing.mailbox.refuses = "451 try later"
    await mailing.run(at)
    assert [one["state"] for one in await mailing.log(schedule)] == ["waiting"]
    mailing.mailbox.refuses = ""
    await mailing.run(at)
    assert mailing.mailbox.letters == []
    await mailing.run(at + timedelta(minutes=2))
    assert [one["state"] for one in await mailing.log(schedule)] == ["sent"]


async def test_who_is_killed_in_the_middle_leaves_it_unsure_and_nobody_sends_it_unasked(
    mailing: Mailing,
) -> None:
    schedule = await mailing.add(recipients=TO[:1])
    at = _next_first()
    await queue_due(mailing.schedules, at, ZONE)
    assert await mailing.schedules.take(at) is not None
    await mailing.run(at + timedelta(hours=1))
    assert [one["state"] for one in await mailing.log(schedule)] == ["unsure"]
    assert mailing.mailbox.letters == []


async def test_schedules_are_for_those_who_keep_them_and_within_what_they_see(mailing: Mailing) -> None:
    everybodys = await mailing.add()
    own = await mailing.add(who=DISPATCHER, name="Своим")
    for who in (LIMITED, MANAGER, EMPLOYEE):
        assert (await mailing("GET", "/report-schedules", who=who)).status == 403
    listed = (await mailing("GET", "/report-schedules", who=DISPATCHER)).body["items"]
    assert [one["id"] for one in listed] == [own["id"]]
    nowhere = await mailing("GET", f"/report-schedules/{new_id()}", who=DISPATCHER)
    strange = await mailing("GET", f"/report-schedules/{everybodys['id']}", who=DISPATCHER)
    assert (strange.status, strange.body) == (nowhere.status, nowhere.body)
    foreign = {"name": "x", "recipients": TO, "reports": ["work"], "company": str(COMPANIES[1].id)}
    assert (await mailing("POST", "/report-schedules", foreign, who=DISPATCHER)).status == 422


async def test_two_who_change_a_schedule_at_once_do_not_overwrite_each_other(mailing: Mailing) -> None:
    schedule = await mailing.add()
    path, first = f"/report-schedules/{schedule['id']}", '"1"'
    assert (await mailing("PATCH", path, {"day": 5}, If_Match=first)).status == 200
    assert (await mailing("PATCH", path, {"day": 6}, If_Match=first)).status == 409
    assert (await mailing("DELETE", path, If_Match=first)).status == 409
    assert (await mailing("DELETE", path, If_Match='"2"')).status == 204
    assert (await mailing("GET", path)).status == 404


def test_settings_with_a_server_need_a_sender() -> None:
    with pytest.raises(ValueError, match="SMTP_SENDER"):
        production_settings(ReportingSettings, "mongodb://nobody", "reporting", smtp_host="mail.example")
