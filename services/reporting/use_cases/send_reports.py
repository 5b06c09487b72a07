"""What is due is queued once, and each letter sent once, by however many replicas."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from chassis.principal import Principal
from contracts.reports_http import FileFormat, ReportQuery, StaffReportName
from services.reporting.domain.schedule import (
    Delivery,
    Schedule,
    ScheduleNotFoundError,
    ScheduleStorage,
    days_of_month,
    letters,
    month_before,
)
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.files.csv_file import write_csv
from services.reporting.files.document import Document
from services.reporting.files.letter import Attachment, letter
from services.reporting.files.pdf import TypesettingError, write_pdf
from services.reporting.files.workbook import write_workbook
from services.reporting.use_cases.ask import Asking
from services.reporting.use_cases.make_files import House, document_of

# Longer than any attempt is allowed to take.
_INTERRUPTED_AFTER = timedelta(minutes=15)
_WRITING_SECONDS = 300.0
# Most mail servers refuse more than 25 MB, of which a third is the encoding.
MOST_BYTES = 15 * 1024 * 1024


class NotSentError(Exception):
    """It did not go out and may be tried again."""


class RefusedError(Exception):
    """It did not go out and never will."""


class UnsureError(Exception):
    """Nobody knows whether it went out."""


class Post(Protocol):
    async def send(self, message: EmailMessage, recipient: str) -> None:
        """Raises NotSentError, RefusedError, UnsureError."""


class Office(NamedTuple):
    """All that sending needs."""

    archive: ArchiveStorage
    schedules: ScheduleStorage
    post: Post
    sender: str
    zone: ZoneInfo
    house: House


async def queue_due(schedules: ScheduleStorage, at: datetime, zone: ZoneInfo) -> int:
    """Returns how many letters are new. May be cut off anywhere, come late, be done by several at once."""
    told, queued = await schedules.told_days(), 0
    for schedule in await schedules.all():
        for day in schedule.due_days(told.get(schedule.id), at, zone):
            queued += await schedules.queue(letters(schedule, month_before(day), at))
            await schedules.tell(schedule.id, day)
    return queued


async def send_next(office: Office, at: datetime) -> bool:
    """One letter that is due; False where there is none. Who is cut off in it leaves it `unsure`."""
    await office.schedules.give_up_interrupted(at - _INTERRUPTED_AFTER, at)
    taken = await office.schedules.take(at)
    if taken is None:
        return False
    await office.schedules.settle(await _tried(office, taken, at))
    return True


async def _tried(office: Office, taken: Delivery, at: datetime) -> Delivery:
    try:
        schedule = await office.schedules.get(taken.schedule_id)
        async with asyncio.timeout(_WRITING_SECONDS):
            message = await _written(office, schedule, taken, at)
        await office.post.send(message, taken.recipient)
    except ScheduleNotFoundError:
        return taken.given_up("the schedule is gone", at)
    except RefusedError as error:
        return taken.given_up(str(error), at)
    except UnsureError as error:
        return taken.unsure(str(error), at)
    except (NotSentError, TypesettingError, TimeoutError, OSError) as error:
        return taken.failed(str(error) or "it took too long", at)
    return taken.sent(at)


async def _written(office: Office, schedule: Schedule, taken: Delivery, at: datetime) -> EmailMessage:
    first, last = days_of_month(taken.month)
    asked = {"from": first, "to": last, "company": schedule.company}
    reach = Principal(kind="staff", id=schedule.id, full_name="", companies=schedule.companies)
    asking = Asking(ReportQuery.model_validate(asked), reach, office.zone, at)
    files, size = [], 0
    for name in schedule.reports:
        document = await document_of(office.archive, asking, name, schedule.lang, office.house)
        content = await _content(document, schedule.format, office.zone)
        size += len(content)
        if size > MOST_BYTES:
            raise RefusedError("the reports are too large for a letter")
        files.append(_attachment(name, taken.month, schedule.format, document.title, content))
    return letter(office.sender, taken, schedule, files, at)


def _attachment(
    name: StaffReportName, month: str, file_format: FileFormat, title: str, content: bytes
) -> Attachment:
    return Attachment(f"{name}-{month}.{file_format}", file_format, title, content)


async def _content(document: Document, file_format: FileFormat, zone: ZoneInfo) -> bytes:
    if file_format == "pdf":
        return await write_pdf(document, zone)
    if file_format == "csv":
        return b"".join([piece async for piece in write_csv(document, zone)])
    with tempfile.TemporaryDirectory(prefix="helpdesk-report-") as folder:
        path = Path(folder) / "report.xlsx"
        await write_workbook(document, zone, path)
        return path.read_bytes()
